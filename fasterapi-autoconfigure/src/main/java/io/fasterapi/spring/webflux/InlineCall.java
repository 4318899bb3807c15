package io.fasterapi.spring.webflux;

import io.fasterapi.exchange.Passage;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.server.Expiry;
import io.fasterapi.server.Refusal;
import io.fasterapi.server.Workers;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

/**
 * A request that WebFlux handles on its event loop: counted, given its deadline, and timed if it
 * may move.
 */
final class InlineCall extends MonoOperator<Void, Void> {

    private final HttpServerResponse response;
    private final RoutePlacement placement;
    private final Workers workers;

    InlineCall(
            Mono<Void> handled,
            HttpServerResponse response,
            RoutePlacement placement,
            Workers workers) {
        super(handled);
        this.response = response;
        this.placement = placement;
        this.workers = workers;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        if (Workers.isWithinExchange(actual.currentContext())) {
            source.subscribe(actual);
            return;
        }
        ChannelOperations<?, ?> operations = (ChannelOperations<?, ?>) response;
        Passage passage = workers.passage(response, placement.load());
        if (!passage.begin()
                || !workers.admission()
                        .admitsInline(passage.route(), operations.channel().eventLoop())) {
            passage.end();
            actual.onSubscribe(Operators.emptySubscription());
            Refusal.send(response, actual);
            return;
        }
        Counted counted = new Counted(actual, passage);
        Expiry.await(passage, response, counted::giveUp);
        if (passage.isOverdue()) {
            actual.onSubscribe(counted); // it is about to be answered
            return;
        }
        Workers.runInline(
                WebFluxRoute.UNKNOWN,
                placement,
                () -> {
                    source.subscribe(counted);
                    WebFluxRoute.forget();
                });
    }

    /** Counts the end, whichever comes first. */
    private static final class Counted implements CoreSubscriber<Void>, Subscription {

        private final CoreSubscriber<? super Void> actual;
        private final Passage passage;
        private final Context context;
        private @Nullable Subscription upstream;

        Counted(CoreSubscriber<? super Void> actual, Passage passage) {
            this.actual = actual;
            this.passage = passage;
            this.context = passage.in(actual.currentContext());
        }

        @Override
        public Context currentContext() {
            return context;
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
            giveUp();
        }

        /** Cancels whatever handles the request. */
        void giveUp() {
            Subscription source = upstream;
            if (source != null) {
                source.cancel();
            }
        }
    }
}
