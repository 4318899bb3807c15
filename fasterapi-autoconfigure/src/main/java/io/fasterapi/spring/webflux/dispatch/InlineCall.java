package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.exchange.Ending;
import io.fasterapi.exchange.Passage;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.server.Expiry;
import io.fasterapi.server.Refusal;
import io.fasterapi.server.Workers;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A request that WebFlux handles on its event loop. It is counted, has its deadline, and is
 * measured if its route may move.
 */
final class InlineCall extends Mono<Void> {

    private final HttpHandler delegate;
    private final ServerHttpRequest request;
    private final ServerHttpResponse answer;
    private final HttpServerResponse response;
    private final RoutePlacement placement;
    private final Workers workers;

    InlineCall(
            HttpHandler delegate,
            ServerHttpRequest request,
            ServerHttpResponse answer,
            HttpServerResponse response,
            RoutePlacement placement,
            Workers workers) {
        this.delegate = delegate;
        this.request = new GuardedRequest(request);
        this.answer = GuardedResponse.of(answer, response);
        this.response = response;
        this.placement = placement;
        this.workers = workers;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        if (Workers.isWithinExchange(actual.currentContext())) {
            new GuardedExchange(response, actual, actual.currentContext()).handle(handled());
            return;
        }
        ChannelOperations<?, ?> operations = (ChannelOperations<?, ?>) response;
        Passage passage = workers.passage(response, placement.load());
        if (!passage.begin()
                || !workers.admission()
                        .admitsInline(passage.route(), operations.channel().eventLoop())) {
            passage.end(Ending.REFUSED);
            actual.onSubscribe(Operators.emptySubscription());
            Refusal.send(response, actual, workers.admission().refusals().of(passage.route()));
            return;
        }
        Counted counted = new Counted(this, actual, passage);
        if (passage.deadline() != null) {
            Expiry.await(passage, response, counted::giveUp);
            if (passage.isOverdue()) {
                actual.onSubscribe(counted); // it is about to be answered
                return;
            }
        }
        Workers.runInline(WebFluxRoute.UNKNOWN, placement, counted);
    }

    private Mono<Void> handled() {
        try {
            return delegate.handle(request, answer);
        } catch (Throwable ex) {
            return Mono.error(ex);
        }
    }

    /** Counts the first end of the request. */
    private static final class Counted extends GuardedExchange implements Runnable {

        private final InlineCall call;
        private final Passage passage;

        Counted(InlineCall call, CoreSubscriber<? super Void> actual, Passage passage) {
            super(call.response, actual, passage.in(actual.currentContext()));
            this.call = call;
            this.passage = passage;
        }

        @Override
        public void run() {
            handle(call.handled());
            WebFluxRoute.forget();
        }

        @Override
        void ended(Ending how) {
            passage.end(how);
        }
    }
}
