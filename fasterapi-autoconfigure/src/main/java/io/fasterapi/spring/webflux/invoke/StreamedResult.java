package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.route.Lane;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A body that is sent while it is made. The writer that Spring would choose writes it on Spring's
 * own response, without the dispatcher. It belongs to one exchange and has no stack trace.
 */
final class StreamedResult extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient CompiledMethod method;
    private final byte[] body;
    private final transient MappingCounters counters;
    private final transient @Nullable ResponseEntity<?> entity;
    private final transient Writing writing;

    /** Sets the type of a body and writes it. */
    @FunctionalInterface
    interface Writing {

        Mono<Void> write(ServerHttpRequest request, ServerHttpResponse response);
    }

    /**
     * Creates the result.
     *
     * @param body the request's body
     * @param entity the entity around the result, or null
     */
    StreamedResult(
            CompiledMethod method,
            byte[] body,
            MappingCounters counters,
            @Nullable ResponseEntity<?> entity,
            Writing writing) {
        super("streamed", null, false, false);
        this.method = method;
        this.body = body;
        this.counters = counters;
        this.entity = entity;
        this.writing = writing;
    }

    /**
     * Writes it. As in Spring the exception handlers get a failure, also after the writing has
     * begun.
     *
     * @param whole the application's handler
     */
    Mono<Void> write(HttpHandler whole, ServerHttpRequest request, ServerHttpResponse response) {
        response.beforeCommit(() -> Mono.fromRunnable(() -> counters.served(Lane.DIRECT)));
        Mono<Void> written;
        try {
            head(response);
            written = writing.write(request, response);
        } catch (Throwable ex) {
            written = Mono.error(ex);
        }
        return written.onErrorResume(
                failure ->
                        WebFluxFallback.brokenOff(method, body, failure)
                                .through(whole, request, response));
    }

    private void head(ServerHttpResponse response) {
        response.setRawStatusCode(method.status());
        ResponseEntity<?> own = entity;
        if (own != null) {
            response.setStatusCode(own.getStatusCode());
            response.getHeaders().putAll(own.getHeaders());
        }
    }
}
