package io.fasterapi.spring.webflux.invoke;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Learns from the answers that WebFlux gives to the requests of one method. Thread-safe.
 *
 * @param formats what is known
 * @param result what the method returns: entities may have a Content-Type of their own
 */
public record FormatLearner(LearnedFormats formats, ResultPlan result) {

    private static final String OWN_TYPE = FormatLearner.class.getName() + ".OWN_TYPE";

    /** Looks at a result before it is written; returns the same or one that tells more. */
    HandlerResult returned(ServerWebExchange exchange, HandlerResult given) {
        String accept = accept(exchange);
        if (!result.entity() || accept == null || formats.find(accept) != null) {
            return given;
        }
        Object value = given.getReturnValue();
        Object told = value;
        if (value instanceof Mono<?> mono) {
            told = mono.doOnNext(each -> note(exchange, each));
        } else if (value instanceof CompletionStage<?> stage) {
            told = stage.thenApply(each -> note(exchange, each));
        } else {
            note(exchange, value);
        }
        if (told == value) {
            return given;
        }
        HandlerResult telling =
                new HandlerResult(
                        given.getHandler(),
                        told,
                        given.getReturnTypeSource(),
                        given.getBindingContext());
        if (given.getExceptionHandler() != null) {
            telling.setExceptionHandler(given.getExceptionHandler());
        }
        return telling;
    }

    private static <T extends @Nullable Object> T note(ServerWebExchange exchange, T value) {
        if (value instanceof HttpEntity<?> own && own.getHeaders().getContentType() != null) {
            exchange.getAttributes().put(OWN_TYPE, true);
        }
        return value;
    }

    /** Looks at an exchange whose answer has been written. */
    void written(ServerWebExchange exchange) {
        String accept = accept(exchange);
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        if (accept == null
                || (status != null && !status.is2xxSuccessful())
                || exchange.getAttribute(OWN_TYPE) != null) {
            return;
        }
        MediaType type = exchange.getResponse().getHeaders().getContentType();
        BodyEncoders encoders = result.encoders();
        if (type != null && type.isConcrete() && encoders != null && encoders.isKnown(type)) {
            formats.learn(accept, type);
        }
    }

    /** Returns the only Accept header, empty if there is none, or null if there are several. */
    private static @Nullable String accept(ServerWebExchange exchange) {
        List<String> accepts = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.ACCEPT);
        if (accepts.size() > 1) {
            return null;
        }
        return accepts.isEmpty() ? "" : accepts.get(0);
    }
}
