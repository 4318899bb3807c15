package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.exchange.Passage;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.server.Expiry;
import io.fasterapi.server.Refusal;
import io.fasterapi.server.Workers;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

/**
 * A request that WebFlux handles on its event loop: counted, given its deadline, and timed if it
 * may move.
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
        this.request = request;
        this.answer = answer;
        this.response = response;
        this.placement = placement;
        this.workers = workers;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        if (Workers.isWithinExchange(actual.currentContext())) {
            handled().subscribe(actual);
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
        } catch (RuntimeException ex) {
            return Mono.error(ex);
        }
    }

    /** Counts the end, whichever comes first. */
    private static final class Counted implements CoreSubscriber<Void>, Subscription, Runnable {

        private final InlineCall call;
        private final CoreSubscriber<? super Void> actual;
        private final Passage passage;
        private final Context context;
        private @Nullable Subscription upstream;

        Counted(InlineCall call, CoreSubscriber<? super Void> actual, Passage passage) {
            this.call = call;
            this.actual = actual;
            this.passage = passage;
            this.context = passage.in(actual.currentContext());
        }

        @Override
        public void run() {
            call.handled().subscribe(this);
            WebFluxRoute.forget();
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
