package io.fasterapi.stream;

import io.fasterapi.core.LoopReturn;
import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;

/**
 * Passes the elements of a source on a core to the event loop that writes them. Subscribing,
 * requesting and cancelling happen on the core. The elements go to the event loop in the core's
 * completion batches, and before a failure that follows them.
 */
public final class PublishOnEventLoopFlux<T> extends FluxOperator<T, T> {

    private final EventLoop eventLoop;
    private final HopTarget target;
    private final Consumer<? super T> release;
    private final AtomicBoolean used = new AtomicBoolean();

    /**
     * Creates the hand-over.
     *
     * @param eventLoop the subscriber's event loop
     * @param target the source's worker
     * @param release releases an element that no subscriber receives
     */
    public PublishOnEventLoopFlux(
            Flux<? extends T> source,
            EventLoop eventLoop,
            HopTarget target,
            Consumer<? super T> release) {
        super(source);
        this.eventLoop = eventLoop;
        this.target = target;
        this.release = release;
    }

    /**
     * Lets a source that was never subscribed to release what it holds. Reactor Netty can end a
     * response without asking for its body if the connection is lost.
     */
    public void abandon() {
        if (used.compareAndSet(false, true)) {
            source.subscribe(
                    new BaseSubscriber<T>() {
                        @Override
                        protected void hookOnSubscribe(Subscription subscription) {
                            subscription.cancel();
                        }
                    });
        }
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        used.set(true);
        Upstream<T> upstream = new Upstream<>(this, actual);
        actual.onSubscribe(upstream);
        target.execute(() -> upstream.subscribeTo(source));
    }

    /** One subscription, as the source sees it. */
    private static final class Upstream<T> extends HandOver<T> {

        private final HopTarget target;
        private final Delivery delivery;
        private final AtomicLong demand = new AtomicLong();

        Upstream(PublishOnEventLoopFlux<T> flux, CoreSubscriber<? super T> actual) {
            super(actual, flux.release);
            this.target = flux.target;
            this.delivery = new Delivery(flux.eventLoop, this);
        }

        @Override
        void signal() {
            delivery.returnToLoop();
        }

        @Override
        public void request(long n) {
            if (!Operators.validate(n) || demand.getAndAccumulate(n, Operators::addCap) != 0) {
                return; // the request that is under way will take these, too
            }
            try {
                target.execute(() -> ask(demand.getAndSet(0)));
            } catch (Throwable ex) { // the request will not be run
                fail(ex);
            }
        }

        @Override
        public void cancel() {
            giveUp();
            try {
                signal();
            } finally {
                target.execute(super::cancel);
            }
        }
    }

    /** The task that delivers signals on the event loop. */
    private static final class Delivery extends LoopReturn {

        private final Upstream<?> upstream;
        private boolean delivering;

        Delivery(EventLoop eventLoop, Upstream<?> upstream) {
            super(eventLoop);
            this.upstream = upstream;
        }

        @Override
        protected void onLoop() {
            if (delivering) {
                return; // called from within: the outer call goes on
            }
            delivering = true;
            try {
                upstream.deliver();
            } finally {
                delivering = false;
            }
        }
    }
}
