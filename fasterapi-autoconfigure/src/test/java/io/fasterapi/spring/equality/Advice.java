package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.AdvisedEndpoints.DomainException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;

/** Handlers of failures for one controller, framework exceptions among them, and for all. */
final class Advice {

    private Advice() {}

    @RestControllerAdvice(assignableTypes = AdvisedEndpoints.class)
    static class OfOne {

        @ExceptionHandler
        ResponseEntity<Map<String, String>> onInput(ServerWebInputException e) {
            return ResponseEntity.status(e.getStatusCode())
                    .header("X-Advice", "input")
                    .body(new TreeMap<>(Map.of("reason", String.valueOf(e.getReason()))));
        }

        @ExceptionHandler({IOException.class, FileNotFoundException.class})
        @ResponseStatus(HttpStatus.BAD_GATEWAY)
        Mono<String> onChecked(IOException e, ServerWebExchange exchange) {
            return Mono.just(exchange.getRequest().getPath() + ": " + e.getMessage());
        }

        @ExceptionHandler
        @ResponseStatus(HttpStatus.UNAVAILABLE_FOR_LEGAL_REASONS)
        void onSecurity(SecurityException e) {}

        @ExceptionHandler(produces = MediaType.TEXT_PLAIN_VALUE)
        String onIndex(IndexOutOfBoundsException e) {
            return "text: " + e.getMessage();
        }

        @ExceptionHandler(produces = MediaType.APPLICATION_JSON_VALUE)
        Map<String, String> onIndexAsJson(IndexOutOfBoundsException e) {
            return Map.of("json", "" + e.getMessage());
        }
    }

    /** Also asked where no handler was found. */
    @RestControllerAdvice
    static class OfAll {

        @ExceptionHandler
        @ResponseStatus(HttpStatus.CONFLICT)
        Map<String, String> onDomain(DomainException e) {
            return Map.of("domain", "" + e.getMessage());
        }
    }
}
