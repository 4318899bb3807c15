package io.fasterapi.spring.webflux.dispatch;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * Brings the signals of a source from its event loop to a handler core. No element is fetched
 * before it is asked for, no more than a window's are under way, and one that nobody receives any
 * more is released exactly once.
 */
final class PublishOnWorkerFlux<T> extends FluxOperator<T, T> {

    /*
     * publishOn would do but for reference-counted elements: it drops what is queued on a
     * cancellation through the context's discard hooks, of which Spring's decoders may have
     * installed several, each releasing. Here the queue is bounded by the window and is released by
     * this operator alone.
     *
     * The subscriber's demand is passed on in pieces: up to WINDOW elements are under way, and more
     * are asked for once few are left, since asking from the core costs a task on the event loop.
     */
    private static final int WINDOW = 32;

    private static final int FEW = WINDOW / 4;

    private final CoreTarget target;
    private final Consumer<? super T> release;
    private final Consumer<? super T> delivered;
    private final boolean skipsCancelled;

    /** For elements that belong to whoever receives them. */
    PublishOnWorkerFlux(Flux<? extends T> source, CoreTarget target, Consumer<? super T> release) {
        this(source, target, release, element -> {});
    }

    /**
     * Creates the hop.
     *
     * @param release gives back an element that nobody receives
     * @param delivered is called after the subscriber has seen an element
     */
    PublishOnWorkerFlux(
            Flux<? extends T> source,
            CoreTarget target,
            Consumer<? super T> release,
            Consumer<? super T> delivered) {
        this(source, target, release, delivered, false);
    }

    private PublishOnWorkerFlux(
            Flux<? extends T> source,
            CoreTarget target,
            Consumer<? super T> release,
            Consumer<? super T> delivered,
            boolean skipsCancelled) {
        super(source);
        this.target = target;
        this.release = release;
        this.delivered = delivered;
        this.skipsCancelled = skipsCancelled;
    }

    /** The end of a write, which does not begin if it was cancelled before its turn. */
    static PublishOnWorkerFlux<Void> ofWrite(Mono<Void> written, CoreTarget target) {
        return new PublishOnWorkerFlux<>(
                written.flux(), target, nothing -> {}, nothing -> {}, true);
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Hop<T> hop = new Hop<>(this, actual);
        actual.onSubscribe(hop);
        target.ask(
                () -> {
                    if (!skipsCancelled || !hop.isGivenUp()) {
                        source.subscribe(hop);
                    }
                });
    }

    /** One subscription. Fed by the event loop, drained by the core, one caller at a time. */
    private static final class Hop<T> extends Operators.DeferredSubscription
            implements CoreSubscriber<T>, Runnable {

        private final CoreSubscriber<? super T> actual;
        private final CoreTarget target;
        private final Consumer<? super T> release;
        private final Consumer<? super T> delivered;
        private final Queue<T> queue = Queues.<T>unbounded(16).get();
        private final AtomicInteger signals = new AtomicInteger();
        private final AtomicLong demand = new AtomicLong();
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile boolean done;
        private @Nullable Throwable failure;
        private boolean terminated;

        Hop(PublishOnWorkerFlux<T> flux, CoreSubscriber<? super T> actual) {
            this.actual = actual;
            this.target = flux.target;
            this.release = flux.release;
            this.delivered = flux.delivered;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            set(subscription);
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
            if (Operators.validate(n)) {
                demand.accumulateAndGet(n, Operators::addCap);
                pull();
            }
        }

        /** Asks for what the window has room for; called after either bound has changed. */
        private void pull() {
            while (true) {
                long asked = demand.get();
                int busy = underWay.get();
                int more = (int) Math.min(asked, WINDOW - (long) busy);
                if (more <= 0 || busy > FEW) {
                    return;
                }
                long left = asked == Long.MAX_VALUE ? asked : asked - more;
                if (demand.compareAndSet(asked, left)) {
                    underWay.addAndGet(more);
                    target.ask(() -> super.request(more));
                    return;
                }
            }
        }

        @Override
        public void cancel() {
            super.cancel();
            signal();
        }

        boolean isGivenUp() {
            return isCancelled();
        }

        private void signal() {
            if (signals.getAndIncrement() == 0) {
                target.execute(this);
            }
        }

        @Override
        public void run() {
            int seen = signals.get();
            do {
                deliver();
                seen = signals.addAndGet(-seen);
            } while (seen != 0);
        }

        private void deliver() {
            int seen = 0;
            while (true) {
                boolean last = done;
                T element = queue.poll();
                if (element == null) {
                    if (seen > 0) {
                        underWay.addAndGet(-seen);
                        pull();
                    }
                    if (last && !terminated && !isCancelled()) {
                        terminated = true;
                        end();
                    }
                    return;
                }
                seen++;
                if (isCancelled()) {
                    release.accept(element);
                } else {
                    actual.onNext(element);
                    delivered.accept(element);
                }
            }
        }

        private void end() {
            Throwable cause = failure;
            if (cause == null) {
                actual.onComplete();
            } else {
                actual.onError(cause);
            }
        }
    }
}
