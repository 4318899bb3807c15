package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.Ending;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.netty.Expiry;
import io.fasterapi.netty.Refusal;
import io.fasterapi.netty.Workers;
import io.fasterapi.placement.RoutePlacement;
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
        RequestPermit permit = workers.permit(response, placement.load());
        if (!permit.begin()
                || !workers.admission()
                        .admitsInline(permit.route(), operations.channel().eventLoop())) {
            permit.end(Ending.REFUSED);
            actual.onSubscribe(Operators.emptySubscription());
            Refusal.send(response, actual, workers.admission().refusals().of(permit.route()));
            return;
        }
        Counted counted = new Counted(this, actual, permit);
        if (permit.deadline() != null) {
            Expiry.await(permit, response, counted::giveUp);
            if (permit.isOverdue()) {
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
        private final RequestPermit permit;

        Counted(InlineCall call, CoreSubscriber<? super Void> actual, RequestPermit permit) {
            super(call.response, actual, permit.in(actual.currentContext()));
            this.call = call;
            this.permit = permit;
        }

        @Override
        public void run() {
            handle(call.handled());
            WebFluxRoute.forget();
        }

        @Override
        void ended(Ending how) {
            permit.end(how);
        }
    }
}
