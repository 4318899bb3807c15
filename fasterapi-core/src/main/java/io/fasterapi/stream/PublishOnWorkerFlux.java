package io.fasterapi.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * Passes the signals of a source on an event loop to a handler core. It requests no element before
 * the subscriber does, keeps at most one window of elements under way, and releases an element that
 * is not received exactly once.
 */
public final class PublishOnWorkerFlux<T> extends FluxOperator<T, T> {

    /*
     * Reactor's publishOn does not fit reference-counted elements. On a cancellation it drops its
     * queue through the discard hooks of the context. Spring's decoders may have installed several,
     * and each would release. Here only this operator releases the queue, which the window bounds.
     *
     * The subscriber's demand is passed on in pieces. Up to WINDOW elements are under way, and more
     * are requested once only FEW are left, because a request from the core costs a task on the
     * event loop.
     */
    private static final int WINDOW = 32;

    private static final int FEW = WINDOW / 4;

    private final HopTarget target;
    private final Consumer<? super T> release;
    private final Consumer<? super T> seen;
    private final boolean skipsCancelled;

    /**
     * Creates the hand-over of elements that the receiver owns.
     *
     * @param target the subscriber's worker
     * @param release releases an element that no subscriber receives
     */
    public PublishOnWorkerFlux(
            Flux<? extends T> source, HopTarget target, Consumer<? super T> release) {
        this(source, target, release, element -> {});
    }

    /**
     * Creates the hand-over.
     *
     * @param target the subscriber's worker
     * @param release releases an element that no subscriber receives
     * @param seen called after the subscriber has seen an element
     */
    public PublishOnWorkerFlux(
            Flux<? extends T> source,
            HopTarget target,
            Consumer<? super T> release,
            Consumer<? super T> seen) {
        this(source, target, release, seen, false);
    }

    private PublishOnWorkerFlux(
            Flux<? extends T> source,
            HopTarget target,
            Consumer<? super T> release,
            Consumer<? super T> seen,
            boolean skipsCancelled) {
        super(source);
        this.target = target;
        this.release = release;
        this.seen = seen;
        this.skipsCancelled = skipsCancelled;
    }

    /**
     * Returns the end of a write. The write does not begin if it was cancelled before its turn.
     *
     * @param target the subscriber's worker
     */
    public static PublishOnWorkerFlux<Void> ofWrite(Mono<Void> written, HopTarget target) {
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
                        hop.subscribeTo(source);
                    }
                });
    }

    /** One subscription. The event loop adds signals; the core drains them. */
    private static final class Hop<T> extends HandOver<T> implements Runnable {

        private final HopTarget target;
        private final Consumer<? super T> seen;
        private final AtomicInteger signals = new AtomicInteger();
        private final AtomicLong demand = new AtomicLong();
        private final AtomicInteger underWay = new AtomicInteger();

        Hop(PublishOnWorkerFlux<T> flux, CoreSubscriber<? super T> actual) {
            super(actual, flux.release);
            this.target = flux.target;
            this.seen = flux.seen;
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                demand.accumulateAndGet(n, Operators::addCap);
                pull();
            }
        }

        /**
         * Requests what the window has room for. Called after the demand or the window has changed.
         */
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
                    target.ask(() -> ask(more));
                    return;
                }
            }
        }

        @Override
        public void cancel() {
            giveUp();
            try {
                super.cancel();
            } finally {
                signal();
            }
        }

        @Override
        void signal() {
            if (signals.getAndIncrement() == 0) {
                try {
                    target.execute(this);
                } catch (Throwable ex) { // no core will run it: release the queue here
                    fail(ex);
                    run();
                }
            }
        }

        @Override
        public void run() {
            int missed = signals.get();
            do {
                int taken = deliver();
                if (taken > 0) {
                    underWay.addAndGet(-taken);
                    pullGuarded();
                }
                missed = signals.addAndGet(-missed);
            } while (missed != 0);
        }

        private void pullGuarded() {
            try {
                pull();
            } catch (Throwable ex) {
                fail(ex);
            }
        }

        @Override
        void seen(T element) {
            seen.accept(element);
        }
    }
}
