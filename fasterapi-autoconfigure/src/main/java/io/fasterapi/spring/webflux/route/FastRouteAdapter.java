package io.fasterapi.spring.webflux.route;

import io.fasterapi.http.Deadline;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.route.Route;
import io.fasterapi.spring.webflux.route.FastRouteMapping.MatchedRoute;
import io.fasterapi.write.AnswerSizes;
import io.fasterapi.write.BodyWriters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Runs the handler of a direct route within WebFlux, on the thread that WebFlux is on. */
public final class FastRouteAdapter implements HandlerAdapter {

    private static final Log LOGGER = LogFactory.getLog(FastRouteAdapter.class);

    private static final byte[] EMPTY = new byte[0];

    private final JsonCodec json;
    private final BodyWriters writers;
    private final Map<Route, AnswerSizes> sizes = new ConcurrentHashMap<>();
    private final int maxBodyBytes;

    /**
     * Creates the adapter.
     *
     * @param json reads JSON
     * @param writers write bodies
     * @param maxBodyBytes the longest request body that is read, in bytes
     */
    public FastRouteAdapter(JsonCodec json, BodyWriters writers, int maxBodyBytes) {
        this.json = json;
        this.writers = writers;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public boolean supports(Object handler) {
        return handler instanceof MatchedRoute;
    }

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        MatchedRoute matched = (MatchedRoute) handler;
        return DataBufferUtils.join(exchange.getRequest().getBody(), maxBodyBytes)
                .map(FastRouteAdapter::take)
                .defaultIfEmpty(EMPTY)
                .flatMap(
                        body ->
                                Mono.deferContextual(
                                        context -> invoke(exchange, matched, body, context)))
                .onErrorMap(WebFailures::translate)
                .then(Mono.empty());
    }

    private static byte[] take(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private AnswerSizes sizesOf(Route route) {
        AnswerSizes known = sizes.get(route);
        return known == null ? sizes.computeIfAbsent(route, first -> new AnswerSizes()) : known;
    }

    private Mono<Void> invoke(
            ServerWebExchange exchange, MatchedRoute matched, byte[] body, ContextView context) {
        ExchangeRequest request =
                new ExchangeRequest(
                        exchange.getRequest(), matched, body, json, Deadline.of(context));
        ExchangeResponse response =
                new ExchangeResponse(exchange, writers, sizesOf(matched.route()));
        try {
            matched.route().handler().handle(request, response);
        } catch (Throwable ex) {
            if (!response.ended()) {
                return Mono.error(ex);
            }
            LOGGER.error(matched.route() + ": failed after its response", ex);
            return response.result();
        }
        if (!response.ended() && !response.isAsync()) {
            return Mono.error(
                    new IllegalStateException(
                            matched.route() + ": returned without ending its response"));
        }
        return response.result();
    }
}
