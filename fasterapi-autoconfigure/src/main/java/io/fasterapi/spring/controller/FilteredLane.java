package io.fasterapi.spring.controller;

import io.fasterapi.route.Route;
import io.fasterapi.route.RouteMatch;
import io.fasterapi.route.RouteTree;
import io.fasterapi.spring.webflux.dispatch.WebFluxRoute;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The end of the application's filter chain where its controllers are compiled: calls the method
 * that matches, or passes the exchange on to WebFlux's dispatcher. Shared by all threads.
 */
final class FilteredLane implements WebFilter {

    /*
     * It stands behind every filter, so whatever they did has been done: a request that one of them
     * replaced, a response that one of them has begun, take WebFlux's way. Each thread has its own
     * cursor for matching; what outlives the match is taken out of it at once.
     */
    private static final byte[] NO_BODY = {};

    private volatile @Nullable Routes routes;

    /**
     * What is matched.
     *
     * @param tree compiled methods, and routes that keep requests for WebFlux
     * @param cursors of the threads
     * @param cors what WebFlux does about CORS, or null
     */
    private record Routes(
            RouteTree tree, FastThreadLocal<RouteMatch> cursors, @Nullable GlobalCors cors) {

        static Routes of(RouteTree tree, @Nullable GlobalCors cors) {
            return new Routes(
                    tree,
                    new FastThreadLocal<>() {
                        @Override
                        protected RouteMatch initialValue() {
                            return tree.newMatch();
                        }
                    },
                    cors);
        }
    }

    /** Serves these routes from now on. */
    void serve(RouteTree tree, @Nullable GlobalCors cors) {
        routes = tree.routes().isEmpty() ? null : Routes.of(tree, cors);
    }

    /** Leaves everything to WebFlux. */
    void serveNothing() {
        routes = null;
    }

    /** Named for every request, in Reactor's checkpoints: a constant. */
    @Override
    public String toString() {
        return "FasterAPI lanes";
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        WebFluxRoute.note(exchange);
        Routes known = routes;
        if (known == null) {
            return chain.filter(exchange);
        }
        SentRequest sent = SentRequest.of(exchange.getRequest());
        if (sent == null
                || exchange.getResponse().getStatusCode() == HttpStatus.FORBIDDEN
                || !FilteredMethod.isFresh(exchange.getResponse())) {
            return chain.filter(exchange);
        }
        RouteMatch match = known.cursors().get();
        Route route = match(known.tree(), sent, match);
        if (route == null
                || !(route.handler() instanceof FilteredMethod method)
                || !(sent.original() || method.readsHeadOnly())) {
            return chain.filter(exchange);
        }
        String[] variables = match.variables();
        method.note(exchange, route, variables);
        GlobalCors cors = known.cors();
        if (cors != null && !cors.passes(exchange)) {
            return chain.filter(exchange);
        }
        return method.readsBody()
                ? body(exchange.getRequest(), method.mostBytes())
                        .flatMap(
                                read ->
                                        read.isWhole()
                                                ? method.serve(
                                                        new FilteredRequest(
                                                                exchange,
                                                                sent,
                                                                route,
                                                                variables,
                                                                read.bytes()),
                                                        chain)
                                                : chain.filter(
                                                        exchange.mutate().request(read).build()))
                : method.serve(
                        new FilteredRequest(exchange, sent, route, variables, NO_BODY), chain);
    }

    private static @Nullable Route match(RouteTree tree, SentRequest sent, RouteMatch match) {
        if (!sent.hasLegalQuery()) {
            return null;
        }
        Route route = tree.match(sent.method(), sent.path(), match);
        return route != null && route.condition().takes(sent.method(), match, sent.headers())
                ? route
                : null;
    }

    /** Reads the body; where that fails, WebFlux meets the failure again and answers it. */
    private static Mono<ReplayedRequest> body(ServerHttpRequest request, int mostBytes) {
        return DataBufferUtils.join(request.getBody(), mostBytes)
                .map(FilteredLane::bytes)
                .defaultIfEmpty(NO_BODY)
                .map(bytes -> ReplayedRequest.of(request, bytes))
                .onErrorResume(failure -> Mono.just(ReplayedRequest.failed(request, failure)));
    }

    private static byte[] bytes(DataBuffer joined) {
        byte[] bytes = new byte[joined.readableByteCount()];
        joined.read(bytes);
        DataBufferUtils.release(joined);
        return bytes;
    }
}
