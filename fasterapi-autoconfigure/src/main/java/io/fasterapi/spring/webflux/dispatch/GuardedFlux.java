package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.UnsignalledErrors;
import io.fasterapi.netty.ExchangeEnd;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Keeps exceptions of its source from the callers of subscribe and request. The caller may be Netty
 * or a scheduler, which would tell no subscriber. Otherwise it is like its source.
 */
public final class GuardedFlux<T> extends FluxOperator<T, T> {

    private final boolean ending;

    /** Signals what the source throws. No signal may be under way between the two. */
    GuardedFlux(Flux<? extends T> source) {
        this(source, false);
    }

    private GuardedFlux(Flux<? extends T> source, boolean ending) {
        super(source);
        this.ending = ending;
    }

    /**
     * Ends the exchange with an exception of the source or of any operator behind this one. A
     * failure that the source signals waits until more is requested. The source is on another
     * thread, and the writer would drop earlier elements if the failure overtook them.
     */
    public static <T> Flux<T> ending(Flux<T> source) {
        return new GuardedFlux<>(source, true);
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Guard<T> guard = new Guard<>(actual, ending);
        try {
            source.subscribe(guard);
        } catch (Throwable ex) {
            guard.fail(ex);
        }
    }

    private static final class Guard<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final boolean ending;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final AtomicLong demand = new AtomicLong();
        private @Nullable Subscription upstream;
        private volatile boolean done;

        Guard(CoreSubscriber<? super T> actual, boolean ending) {
            this.actual = actual;
            this.ending = ending;
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
                if (ending) {
                    demand.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
                }
                actual.onNext(element);
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (done) {
                UnsignalledErrors.log(cause);
            } else if (ending) {
                done = true;
                failure.set(cause);
                failIfAsked();
            } else {
                done = true;
                actual.onError(ExchangeEnd.signal(cause));
            }
        }

        private void failIfAsked() {
            Throwable cause = demand.get() > 0 ? failure.getAndSet(null) : null;
            if (cause != null) {
                actual.onError(cause);
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
            if (ending) {
                done = true;
                UnsignalledErrors.fail(currentContext(), cause);
            } else {
                onError(cause);
            }
        }

        @Override
        public void request(long n) {
            if (ending) {
                demand.accumulateAndGet(n, Operators::addCap);
                failIfAsked();
            }
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
            UnsignalledErrors.cancel(upstream);
        }
    }
}
