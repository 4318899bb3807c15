package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.server.Workers;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** The result that Reactor Netty waits for; subscribing to it starts the exchange. */
final class CoreCall extends Mono<Void> {

    private final CoreExchange exchange;
    private final ServerHttpRequest request;
    private final ServerHttpResponse response;
    private final Mono<Void> onward;

    /**
     * Creates the call.
     *
     * @param onward handles the request where it is, as part of an exchange that was begun before
     */
    CoreCall(
            CoreExchange exchange,
            ServerHttpRequest request,
            ServerHttpResponse response,
            Mono<Void> onward) {
        this.exchange = exchange;
        this.request = request;
        this.response = response;
        this.onward = onward;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        if (Workers.isWithinExchange(actual.currentContext())) {
            onward.subscribe(actual);
        } else {
            exchange.begin(request, response, actual);
        }
    }
}
