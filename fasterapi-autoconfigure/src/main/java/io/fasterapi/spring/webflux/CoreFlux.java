package io.fasterapi.spring.webflux;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.concurrent.Queues;

/**
 * Brings the elements of a source from its event loop to a handler core. Demand passes through
 * unchanged, so that no element is fetched before it is asked for, and an element that nobody
 * receives any more is released exactly once.
 */
final class CoreFlux<T> extends FluxOperator<T, T> {

    /*
     * publishOn would do but for reference-counted elements: it drops what is queued on a
     * cancellation through the context's discard hooks, of which Spring's decoders may have
     * installed several, each releasing. Here the queue is bounded by the subscriber's own demand
     * and is released by this operator alone.
     */
    private final HandlerCore core;
    private final HandlerCores cores;
    private final Consumer<? super T> release;

    CoreFlux(
            Flux<? extends T> source,
            HandlerCore core,
            HandlerCores cores,
            Consumer<? super T> release) {
        super(source);
        this.core = core;
        this.cores = cores;
        this.release = release;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Hop<>(actual, core, cores, release));
    }

    private static final class Hop<T> implements CoreSubscriber<T>, Subscription, Runnable {

        private final CoreSubscriber<? super T> actual;
        private final HandlerCore core;
        private final HandlerCores cores;
        private final Consumer<? super T> release;
        private final Queue<T> queue = Queues.<T>unbounded(16).get();
        private final AtomicInteger signals = new AtomicInteger();
        private volatile @Nullable Subscription upstream;
        private volatile boolean done;
        private volatile boolean cancelled;
        private @Nullable Throwable failure;
        private boolean terminated;

        Hop(
                CoreSubscriber<? super T> actual,
                HandlerCore core,
                HandlerCores cores,
                Consumer<? super T> release) {
            this.actual = actual;
            this.core = core;
            this.cores = cores;
            this.release = release;
        }

        @Override
        public reactor.util.context.Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            signal();
        }

        @Override
        public void onNext(T element) {
            queue.offer(element);
            signal();
        }

        @Override
        public void onError(Throwable cause) {
            failure = cause;
            done = true;
            signal();
        }

        @Override
        public void onComplete() {
            done = true;
            signal();
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
            cancelled = true;
            Subscription source = upstream;
            if (source != null) {
                source.cancel();
            }
            signal();
        }

        private void signal() {
            if (signals.getAndIncrement() == 0) {
                if (core.inCore()) {
                    run();
                } else {
                    cores.execute(core, this);
                }
            }
        }

        private boolean subscribed;

        /** Delivers what has arrived, on the core; one caller at a time. */
        @Override
        public void run() {
            int seen = signals.get();
            do {
                if (!subscribed) {
                    subscribed = true;
                    actual.onSubscribe(this);
                }
                deliver();
                seen = signals.addAndGet(-seen);
            } while (seen != 0);
        }

        private void deliver() {
            while (true) {
                boolean last = done;
                T element = queue.poll();
                if (element == null) {
                    if (last && !terminated && !cancelled) {
                        terminated = true;
                        terminate();
                    }
                    return;
                }
                if (cancelled) {
                    release.accept(element);
                } else {
                    actual.onNext(element);
                }
            }
        }

        private void terminate() {
            Throwable cause = failure;
            if (cause == null) {
                actual.onComplete();
            } else {
                actual.onError(cause);
            }
        }
    }
}
