package io.fasterapi.spring.webflux;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** The result that Reactor Netty waits for; subscribing to it starts the exchange. */
final class CoreCall extends Mono<Void> {

    private final CoreExchange exchange;
    private final ServerHttpRequest request;
    private final ServerHttpResponse response;

    CoreCall(CoreExchange exchange, ServerHttpRequest request, ServerHttpResponse response) {
        this.exchange = exchange;
        this.request = request;
        this.response = response;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        exchange.begin(request, response, actual);
    }
}
