package io.fasterapi.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A stream whose first element is fetched when it is opened, before the subscriber asks for it. A
 * failure behind that element waits until the subscriber asks for more. It serves one subscriber;
 * signals and demand may come from different threads.
 */
public final class FirstAheadFlux<T> extends Flux<T> {

    /*
     * Spring keeps the first element of a stream until the head of the response is written, and
     * drops it if the stream fails before that. On an event loop the head is written at once, so an
     * element before a failure is always sent. From a core the head is written after a thread
     * change, and in that time a failure must not overtake the element. So the first element is
     * fetched when the response is committed. If it is a group of elements, its elements are sent
     * when more is asked for; only after that may a failure end the group.
     */
    private final Publisher<? extends T> source;
    private final Ahead<T> ahead;

    /**
     * Creates the stream.
     *
     * @param release releases an element that no subscriber receives
     */
    public FirstAheadFlux(Publisher<? extends T> source, Consumer<? super T> release) {
        this.source = source;
        this.ahead = new Ahead<>(release);
    }

    /** Subscribes to the source. Call it once, before the subscriber comes. */
    public void open() {
        try {
            source.subscribe(ahead);
        } catch (Throwable ex) { // no subscriber will come
            ahead.cancel();
            throw ex;
        }
    }

    /** Cancels the source if no subscriber has come, nor will come. */
    public void abandon() {
        if (ahead.actual == null) {
            ahead.cancel();
        }
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        actual.onSubscribe(ahead);
        ahead.actual = actual;
        ahead.drain();
    }

    /** The one subscription. After the first element, signals pass straight through. */
    private static final class Ahead<T> extends Operators.DeferredSubscription
            implements CoreSubscriber<T> {

        private final Consumer<? super T> release;
        private final AtomicReference<@Nullable T> first = new AtomicReference<>();
        private final AtomicInteger signals = new AtomicInteger();
        private final AtomicLong demand = new AtomicLong();
        private volatile @Nullable CoreSubscriber<? super T> actual;
        private volatile boolean passing;
        private volatile boolean done;
        private @Nullable Throwable failure;
        private boolean emitted;
        private boolean terminated;

        Ahead(Consumer<? super T> release) {
            this.release = release;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            set(subscription);
            try {
                super.request(1);
            } catch (Throwable ex) {
                subscription.cancel();
                throw ex;
            }
        }

        @Override
        public void onNext(T element) {
            CoreSubscriber<? super T> subscriber = actual;
            if (passing && subscriber != null) {
                subscriber.onNext(element);
                return;
            }
            first.set(element);
            if (isCancelled()) {
                discard();
            } else {
                drain();
            }
        }

        @Override
        public void onError(Throwable cause) {
            failure = cause;
            onComplete();
        }

        @Override
        public void onComplete() {
            done = true;
            drain();
        }

        @Override
        public void request(long n) {
            if (passing) {
                super.request(n);
            } else if (Operators.validate(n)) {
                demand.accumulateAndGet(n, Operators::addCap);
                drain();
            }
        }

        @Override
        public void cancel() {
            try {
                super.cancel();
            } finally {
                discard();
            }
        }

        private void discard() {
            T element = first.getAndSet(null);
            if (element != null) {
                release.accept(element);
            }
        }

        /** Does what has become possible. One caller at a time. */
        void drain() {
            if (signals.getAndIncrement() != 0) {
                return;
            }
            int seen = 1;
            do {
                CoreSubscriber<? super T> subscriber = actual;
                if (subscriber != null && !terminated && !isCancelled()) {
                    deliver(subscriber);
                }
                seen = signals.addAndGet(-seen);
            } while (seen != 0);
        }

        private void deliver(CoreSubscriber<? super T> subscriber) {
            T element = demand.get() > 0 ? first.getAndSet(null) : null;
            if (element != null) {
                emitted = true;
                demand.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
                subscriber.onNext(element);
            }
            if (done && first.get() == null) {
                end(subscriber);
            } else if (emitted && demand.get() > 0) {
                passing = true;
                super.request(demand.getAndSet(0));
            }
        }

        private void end(CoreSubscriber<? super T> subscriber) {
            Throwable cause = failure;
            if (cause == null) {
                terminated = true;
                subscriber.onComplete();
            } else if (!emitted || passing || demand.get() > 0) {
                terminated = true;
                subscriber.onError(cause);
            }
        }
    }
}
