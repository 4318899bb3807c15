package io.fasterapi.netty;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** The result that Reactor Netty waits for; subscribing to it starts the exchange. */
final class SideDoorCall extends Mono<Void> {

    private final SideDoorExchange exchange;

    SideDoorCall(SideDoorExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        exchange.begin(actual);
    }
}
