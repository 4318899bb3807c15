package io.fasterapi.spring.webflux.route;

import io.fasterapi.codec.AnswerSizes;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.http.BodyTooLargeException;
import io.fasterapi.http.Deadline;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.http.MalformedBodyException;
import io.fasterapi.route.Route;
import io.fasterapi.spring.webflux.route.FastRouteMapping.MatchedRoute;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Runs the handlers of fast routes in WebFlux, on WebFlux's thread. All threads share it. */
final class FastRouteCalls {

    private static final Log LOGGER = LogFactory.getLog(FastRouteCalls.class);

    private static final byte[] EMPTY = new byte[0];

    private final JsonCodec json;
    private final BodyWriters writers;
    private final Map<Route, AnswerSizes> sizes = new ConcurrentHashMap<>();
    private final int maxBodyBytes;

    /**
     * Creates the caller.
     *
     * @param json reads JSON
     * @param writers write bodies
     * @param maxBodyBytes the longest request body that is read, in bytes
     */
    FastRouteCalls(JsonCodec json, BodyWriters writers, int maxBodyBytes) {
        this.json = json;
        this.writers = writers;
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Returns a Mono that calls the handler of a route and completes when its response is written.
     */
    Mono<Void> call(ServerWebExchange exchange, MatchedRoute matched) {
        return DataBufferUtils.join(exchange.getRequest().getBody(), maxBodyBytes)
                .map(FastRouteCalls::take)
                .defaultIfEmpty(EMPTY)
                .flatMap(
                        body ->
                                Mono.deferContextual(
                                        context -> invoke(exchange, matched, body, context)))
                .onErrorMap(FastRouteCalls::translate);
    }

    private static byte[] take(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private Mono<Void> invoke(
            ServerWebExchange exchange, MatchedRoute matched, byte[] body, ContextView context) {
        ExchangeRequest request =
                new ExchangeRequest(
                        exchange.getRequest(),
                        matched.route(),
                        matched.variables(),
                        body,
                        json,
                        Deadline.of(context));
        ExchangeResponse response =
                new ExchangeResponse(
                        exchange,
                        writers,
                        sizes.computeIfAbsent(matched.route(), first -> new AnswerSizes()));
        try {
            matched.route().handler().handle(request, response);
        } catch (Throwable ex) {
            if (!response.ended()) {
                return Mono.error(ex);
            }
            LOGGER.error(
                    matched.route() + ": its handler failed after it had ended the response", ex);
            return response.result();
        }
        if (!response.ended() && !response.isAsync()) {
            return Mono.error(
                    new IllegalStateException(
                            matched.route()
                                    + ": its handler returned without a response (expected: one of the methods that end it, or async)"));
        }
        return response.result();
    }

    /** Returns the failure that WebFlux raises for the same cause. */
    static Throwable translate(Throwable failure) {
        if (failure instanceof MalformedBodyException) {
            return new ServerWebInputException(
                    "Failed to read HTTP message", null, failure.getCause());
        }
        if (failure instanceof BodyTooLargeException
                || failure instanceof DataBufferLimitException) {
            return new ContentTooLargeException(failure);
        }
        return failure;
    }
}
