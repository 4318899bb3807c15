package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.cores.LoopReturn;
import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * Brings the elements that a source makes on a core to the event loop that writes them. The source
 * is subscribed to, asked and cancelled on the core; its elements go back in the core's batches,
 * before any failure that follows them.
 */
final class PublishOnEventLoopFlux<T> extends FluxOperator<T, T> {

    private final EventLoop eventLoop;
    private final CoreTarget target;
    private final Consumer<? super T> release;
    private final AtomicBoolean used = new AtomicBoolean();

    PublishOnEventLoopFlux(
            Flux<? extends T> source,
            EventLoop eventLoop,
            CoreTarget target,
            Consumer<? super T> release) {
        super(source);
        this.eventLoop = eventLoop;
        this.target = target;
        this.release = release;
    }

    /**
     * Lets the source release what it keeps, if it was never subscribed to: Reactor Netty can end a
     * response without asking for its body when the connection is lost meanwhile.
     */
    void abandon() {
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
        Upstream<T> upstream =
                new Upstream<>(actual, target, new Delivery<>(eventLoop, actual, release));
        actual.onSubscribe(upstream);
        target.execute(() -> source.subscribe(upstream));
    }

    /** One subscription, as the source sees it. */
    private static final class Upstream<T> extends Operators.DeferredSubscription
            implements CoreSubscriber<T> {

        private final CoreSubscriber<? super T> actual;
        private final CoreTarget target;
        private final Delivery<T> delivery;

        Upstream(CoreSubscriber<? super T> actual, CoreTarget target, Delivery<T> delivery) {
            this.actual = actual;
            this.target = target;
            this.delivery = delivery;
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
            delivery.queue.offer(element);
            delivery.returnToLoop();
        }

        @Override
        public void onError(Throwable cause) {
            delivery.failure = cause;
            delivery.done = true;
            delivery.returnToLoop();
        }

        @Override
        public void onComplete() {
            delivery.done = true;
            delivery.returnToLoop();
        }

        @Override
        public void request(long n) {
            target.execute(() -> super.request(n));
        }

        @Override
        public void cancel() {
            delivery.cancelled = true;
            delivery.returnToLoop();
            target.execute(super::cancel);
        }
    }

    /** What is on its way to the event loop, and its delivery there. */
    private static final class Delivery<T> extends LoopReturn {

        private final CoreSubscriber<? super T> actual;
        private final Consumer<? super T> release;
        private final Queue<T> queue = Queues.<T>unbounded(16).get();
        private volatile boolean done;
        private volatile boolean cancelled;
        private @Nullable Throwable failure;
        private boolean delivering;
        private boolean terminated;

        Delivery(
                EventLoop eventLoop,
                CoreSubscriber<? super T> actual,
                Consumer<? super T> release) {
            super(eventLoop);
            this.actual = actual;
            this.release = release;
        }

        @Override
        protected void onLoop() {
            if (delivering) {
                return; // called from within: the outer call goes on
            }
            delivering = true;
            try {
                deliver();
            } finally {
                delivering = false;
            }
        }

        private void deliver() {
            while (true) {
                boolean last = done;
                T element = queue.poll();
                if (element == null) {
                    if (last && !terminated && !cancelled) {
                        terminated = true;
                        end();
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
