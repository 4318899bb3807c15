package io.fasterapi.spring.webflux.dispatch;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.context.Context;

/**
 * Holds back a failure that follows the first element until more is asked for. Signals come from
 * the core, demand from any thread.
 */
final class DelayErrorUntilDemandFlux<T> extends FluxOperator<T, T> {

    /*
     * Spring keeps the first element of a stream until the head of the response is written, and
     * drops it if the stream fails meanwhile. On an event loop the head is written at once, so an
     * element before a failure is always sent; from a core the head takes a hop, in which a failure
     * must not overtake the element. Demand beyond the first element tells that it was sent.
     */
    DelayErrorUntilDemandFlux(Flux<? extends T> source) {
        super(source);
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Hold<>(actual));
    }

    private static final class Hold<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private @Nullable Subscription upstream;
        private volatile boolean emitted;
        private volatile boolean demandedMore;
        private @Nullable Throwable held;

        Hold(CoreSubscriber<? super T> actual) {
            this.actual = actual;
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
        public void onNext(T element) {
            emitted = true;
            actual.onNext(element);
        }

        @Override
        public void onError(Throwable cause) {
            if (!hold(cause)) {
                actual.onError(cause);
            }
        }

        private synchronized boolean hold(Throwable cause) {
            if (!emitted || demandedMore) {
                return false;
            }
            held = cause;
            return true;
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }

        @Override
        public void request(long n) {
            Throwable cause = emitted && !demandedMore ? demandMore() : null;
            Subscription source = upstream;
            if (cause != null) {
                actual.onError(cause);
            } else if (source != null) {
                source.request(n);
            }
        }

        private synchronized @Nullable Throwable demandMore() {
            demandedMore = true;
            Throwable cause = held;
            held = null;
            return cause;
        }

        @Override
        public void cancel() {
            Subscription source = upstream;
            if (source != null) {
                source.cancel();
            }
        }
    }
}
