package io.fasterapi.spring.webflux;

import io.fasterapi.exchange.InFlight;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.RoutePlacement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;

/** A request that WebFlux handles on its event loop: counted, and timed if it may move. */
final class InlineCall extends MonoOperator<Void, Void> {

    private final RoutePlacement placement;
    private final InFlight inFlight;

    InlineCall(Mono<Void> handled, RoutePlacement placement, InFlight inFlight) {
        super(handled);
        this.placement = placement;
        this.inFlight = inFlight;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        inFlight.begin();
        placement.run(Placement.INLINE, () -> source.subscribe(new Counted(actual, inFlight)));
    }

    /** Counts the end once, whichever comes first. Its flag is what it extends. */
    private static final class Counted extends AtomicBoolean
            implements CoreSubscriber<Void>, Subscription {

        private static final long serialVersionUID = 1L;

        private final transient CoreSubscriber<? super Void> actual;
        private final transient InFlight inFlight;
        private transient @Nullable Subscription upstream;

        Counted(CoreSubscriber<? super Void> actual, InFlight inFlight) {
            this.actual = actual;
            this.inFlight = inFlight;
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
            end();
            actual.onError(cause);
        }

        @Override
        public void onComplete() {
            end();
            actual.onComplete();
        }

        private void end() {
            if (compareAndSet(false, true)) {
                inFlight.end();
            }
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
            if (compareAndSet(false, true)) {
                inFlight.endUnanswered();
            }
            Subscription source = upstream;
            if (source != null) {
                source.cancel();
            }
        }
    }
}
