package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.exchange.UnsignalledErrors;
import io.fasterapi.server.ExchangeEnd;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Signals whatever its source throws when it is asked for more, since whoever asks may be called by
 * Netty, which would keep it to itself. As the source in everything else.
 */
final class GuardedFlux<T> extends FluxOperator<T, T> {

    GuardedFlux(Flux<? extends T> source) {
        super(source);
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Guard<T> guard = new Guard<>(actual);
        try {
            source.subscribe(guard);
        } catch (Throwable ex) {
            guard.fail(ex);
        }
    }

    private static final class Guard<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private @Nullable Subscription upstream;
        private volatile boolean done;

        Guard(CoreSubscriber<? super T> actual) {
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
            if (done) {
                Operators.onNextDropped(element, currentContext());
            } else {
                actual.onNext(element);
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (done) {
                UnsignalledErrors.log(cause);
            } else {
                done = true;
                actual.onError(ExchangeEnd.signal(cause));
            }
        }

        @Override
        public void onComplete() {
            if (!done) {
                done = true;
                actual.onComplete();
            }
        }

        void fail(Throwable cause) {
            if (upstream == null) {
                actual.onSubscribe(Operators.emptySubscription());
            } else {
                cancel();
            }
            onError(cause);
        }

        @Override
        public void request(long n) {
            Subscription source = upstream;
            if (source != null) {
                try {
                    source.request(n);
                } catch (Throwable ex) {
                    fail(ex);
                }
            }
        }

        @Override
        public void cancel() {
            Subscription source = upstream;
            if (source != null) {
                try {
                    source.cancel();
                } catch (Throwable ex) {
                    UnsignalledErrors.log(ex);
                }
            }
        }
    }
}
