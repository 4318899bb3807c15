package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Greeting;
import java.io.Serializable;
import java.net.URI;
import java.security.Principal;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Methods that have a hand in the exchange, or return what is more than its type says. */
@RestController
class ExchangeEndpoints {

    interface Outcome {}

    static class Refused extends ProblemDetail implements Outcome {

        Refused() {
            super(409);
        }
    }

    @ResponseStatus(HttpStatus.CREATED)
    @GetMapping("/exchange/created")
    void created(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().setLocation(URI.create("/made"));
    }

    @GetMapping("/exchange/attributes")
    String attributes(ServerHttpRequest request, ServerWebExchange exchange) {
        request.getAttributes().put("noted", "on the request");
        return "noted " + exchange.getAttribute("noted");
    }

    @PostMapping("/exchange/attributes")
    String attributes(
            @RequestBody String body, ServerHttpRequest request, ServerWebExchange exchange) {
        exchange.getAttributes().put("noted", body);
        return "noted " + request.getAttributes().get("noted");
    }

    @ResponseStatus(HttpStatus.CREATED)
    @GetMapping("/exchange/own")
    Mono<Void> own(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap("own".getBytes())));
    }

    @ResponseStatus(HttpStatus.CREATED)
    @GetMapping("/exchange/later")
    Mono<String> later(ServerHttpResponse response) {
        return Mono.just("later").doOnNext(x -> response.setStatusCode(HttpStatus.ACCEPTED));
    }

    @ResponseStatus(HttpStatus.CREATED)
    @GetMapping("/exchange/status")
    String status(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.ACCEPTED);
        return "status";
    }

    @GetMapping("/exchange/forbidden")
    Map<String, String> forbidden(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
        return Map.of("error", "no");
    }

    @GetMapping("/exchange/forbidden-html")
    String forbiddenHtml(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
        exchange.getResponse().getHeaders().setContentType(MediaType.TEXT_HTML);
        return "<p>no";
    }

    @GetMapping("/exchange/forbidden-throws")
    String forbiddenThrows(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
        throw new IllegalStateException("after 403");
    }

    @GetMapping("/exchange/forbidden-unhandled")
    String forbiddenUnhandled(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
        throw new IllegalCallerException("after 403");
    }

    @GetMapping("/exchange/forbidden-entity")
    ResponseEntity<Greeting> forbiddenEntity() {
        return ResponseEntity.status(403).body(new Greeting("no"));
    }

    @ExceptionHandler({IllegalStateException.class, IllegalArgumentException.class})
    ResponseEntity<String> handle(RuntimeException failure) {
        return ResponseEntity.status(422).body("handled " + failure.getClass().getSimpleName());
    }

    @GetMapping("/exchange/header")
    ResponseEntity<Greeting> header(@RequestParam(defaultValue = "fine") String q) {
        return ResponseEntity.ok().header("X-Echo", q).body(new Greeting("header"));
    }

    @GetMapping("/exchange/null-header")
    ResponseEntity<Greeting> nullHeader() {
        return ResponseEntity.ok().header("X-Null", (String) null).body(new Greeting("null"));
    }

    @GetMapping("/exchange/filter-header")
    ResponseEntity<Greeting> filterHeader() {
        return ResponseEntity.ok().header("X-Filter", "entity").body(new Greeting("entity"));
    }

    @GetMapping("/exchange/typed-null")
    String typedNull(ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.TEXT_HTML);
        return null;
    }

    @GetMapping("/exchange/typed")
    String typed(ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.TEXT_HTML);
        return "<p>typed";
    }

    @GetMapping("/exchange/typed-later")
    Mono<Greeting> typedLater(ServerHttpResponse response) {
        return Mono.just(new Greeting("typed"))
                .doOnNext(x -> response.getHeaders().setContentType(MediaType.TEXT_PLAIN));
    }

    @GetMapping("/exchange/problem")
    Outcome problem() {
        return new Refused();
    }

    @GetMapping("/exchange/problem-entity")
    ResponseEntity<Outcome> problemEntity() {
        return ResponseEntity.ok(new Refused());
    }

    @GetMapping("/exchange/serializable")
    Serializable serializable() {
        return "text";
    }

    @GetMapping("/exchange/request")
    String request(ServerHttpRequest request) {
        return request.getURI().getPath() + " " + request.getQueryParams();
    }

    @GetMapping("/exchange/principal")
    String principal(Principal principal) {
        return "principal " + principal;
    }
}
