package io.fasterapi.spring.webflux.batch;

import io.fasterapi.admission.Refusals;
import io.fasterapi.batch.BatchRefusedException;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers requests that a batcher has refused, behind any handler, unless the application handles
 * that itself. All threads share it.
 */
public final class BatchRefusals implements WebExceptionHandler, Ordered {

    /** Before Boot's own handler, which logs. */
    private static final int ORDER = -10;

    private final Refusals refusals;

    /**
     * Creates the handler.
     *
     * @param refusals the answers of refused requests
     */
    public BatchRefusals(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        Mono<Void> refused = refuse(exchange, failure, refusals);
        return refused == null ? Mono.error(failure) : refused;
    }

    /** Returns the refusal, or null if no batcher has refused or the response is committed. */
    static @Nullable Mono<Void> refuse(
            ServerWebExchange exchange, Throwable failure, Refusals refusals) {
        if (!(failure instanceof BatchRefusedException refused)) {
            return null;
        }
        Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern == null) {
            pattern = exchange.getRequest().getPath().pathWithinApplication().value();
        }
        Refusals.Answer answer = refusals.of(pattern.toString(), refused.drainNanos());
        ServerHttpResponse response = exchange.getResponse();
        if (!response.setStatusCode(HttpStatusCode.valueOf(answer.status().code()))) {
            return null;
        }
        response.getHeaders().remove(HttpHeaders.CONTENT_TYPE); // that of the missing body
        answer.headers().forEach(each -> response.getHeaders().set(each.getKey(), each.getValue()));
        byte[] body = ByteBufUtil.getBytes(answer.body());
        if (body.length == 0) {
            return response.setComplete();
        }
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
