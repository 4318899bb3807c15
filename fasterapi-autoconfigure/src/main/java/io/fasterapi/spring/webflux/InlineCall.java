package io.fasterapi.spring.webflux;

import io.fasterapi.exchange.InFlight;
import io.fasterapi.exchange.Passage;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.server.Refusal;
import io.fasterapi.server.Workers;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

/** A request that WebFlux handles on its event loop: counted, and timed if it may move. */
final class InlineCall extends MonoOperator<Void, Void> {

    private final HttpServerResponse response;
    private final RoutePlacement placement;
    private final InFlight inFlight;

    InlineCall(
            Mono<Void> handled,
            HttpServerResponse response,
            RoutePlacement placement,
            InFlight inFlight) {
        super(handled);
        this.response = response;
        this.placement = placement;
        this.inFlight = inFlight;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        if (Workers.isWithinExchange(actual.currentContext())) {
            source.subscribe(actual);
            return;
        }
        Passage passage = new Passage(inFlight, placement.load());
        if (passage.begin()) {
            Counted counted = new Counted(actual, passage);
            Workers.runInline(
                    WebFluxRoute.UNKNOWN,
                    placement,
                    () -> {
                        source.subscribe(counted);
                        WebFluxRoute.forget();
                    });
        } else {
            passage.end();
            actual.onSubscribe(Operators.emptySubscription());
            Refusal.send(response, actual);
        }
    }

    /** Counts the end, whichever comes first. */
    private static final class Counted implements CoreSubscriber<Void>, Subscription {

        private final CoreSubscriber<? super Void> actual;
        private final Passage passage;
        private @Nullable Subscription upstream;

        Counted(CoreSubscriber<? super Void> actual, Passage passage) {
            this.actual = actual;
            this.passage = passage;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void onNext(Void nothing) {
            actual.onNext(nothing);
        }

        @Override
        public void onError(Throwable cause) {
            passage.end();
            actual.onError(cause);
        }

        @Override
        public void onComplete() {
            passage.end();
            actual.onComplete();
        }

        @Override
        public void request(long n) {
            Subscription source = upstream;
            if (source != null) {
                source.request(n);
            }
        }

        @Override
        public void cancel() {
            passage.endUnanswered();
            Subscription source = upstream;
            if (source != null) {
                source.cancel();
            }
        }
    }
}
