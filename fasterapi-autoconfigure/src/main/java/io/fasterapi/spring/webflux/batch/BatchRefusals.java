package io.fasterapi.spring.webflux.batch;

import io.fasterapi.batch.BatchRefusedException;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers 503 for what a batcher has refused behind any handler, unless the application handles
 * that itself. Shared by all threads.
 */
public final class BatchRefusals implements WebExceptionHandler, Ordered {

    /** Before Boot's own, which logs. */
    private static final int ORDER = -10;

    private static final String RETRY_AFTER_SECONDS = "1";

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        return failure instanceof BatchRefusedException && refuse(exchange)
                ? exchange.getResponse().setComplete()
                : Mono.error(failure);
    }

    /** Sets status and headers; false if it is too late for that. */
    public static boolean refuse(ServerWebExchange exchange) {
        if (!exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE)) {
            return false;
        }
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return true;
    }
}
