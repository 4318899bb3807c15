package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.route.Lane;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A body that is sent while it is made: written on Spring's own response, by what Spring would have
 * chosen, without its dispatcher. Belongs to one exchange; has no stack trace.
 */
final class StreamedResult extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient CompiledMethod method;
    private final byte[] body;
    private final transient MappingCounters counters;
    private final transient @Nullable ResponseEntity<?> entity;
    private final transient Writing writing;

    /** Writes a body, and sets its type before. */
    @FunctionalInterface
    interface Writing {

        Mono<Void> write(ServerHttpRequest request, ServerHttpResponse response);
    }

    /**
     * Creates the result.
     *
     * @param body of the request
     * @param entity around it, or null
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
     * Writes it. As in Spring the exception handlers see what it fails with, also after it has
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
