package io.fasterapi.stream;

import io.fasterapi.admission.UnsignalledErrors;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * One subscription whose signals are passed to the subscriber's thread. The source's thread adds
 * signals; the subscriber's thread drains them, one caller at a time.
 */
abstract class HandOver<T> extends Operators.DeferredSubscription implements CoreSubscriber<T> {

    /*
     * An exception of the source or the subscriber ends the stream and its exchange. The calling
     * thread knows neither and could not end them. Queued elements are released.
     */
    private final CoreSubscriber<? super T> actual;
    private final Consumer<? super T> release;
    private final Queue<T> queue = Queues.<T>unbounded(16).get();
    private volatile boolean done;
    private volatile boolean givenUp;
    private @Nullable Throwable failure;
    private boolean terminated;

    /**
     * Creates the subscription.
     *
     * @param release releases an element that no subscriber receives
     */
    HandOver(CoreSubscriber<? super T> actual, Consumer<? super T> release) {
        this.actual = actual;
        this.release = release;
    }

    /** Makes {@link #deliver} run on the subscriber's thread. */
    abstract void signal();

    @Override
    public final Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public final void onSubscribe(Subscription subscription) {
        try {
            set(subscription);
        } catch (Throwable ex) { // the source failed at the first request
            subscription.cancel();
            throw ex;
        }
    }

    @Override
    public final void onNext(T element) {
        queue.offer(element);
        signal();
    }

    @Override
    public final void onError(Throwable cause) {
        failure = cause;
        onComplete();
    }

    @Override
    public final void onComplete() {
        done = true;
        signal();
    }

    /** Subscribes to the source. On the source's thread. */
    final void subscribeTo(Publisher<? extends T> source) {
        try {
            source.subscribe(this);
        } catch (Throwable ex) {
            fail(ex);
        }
    }

    /** Requests elements from the source. On the source's thread. */
    final void ask(long n) {
        try {
            super.request(n);
        } catch (Throwable ex) {
            fail(ex);
        }
    }

    /** The subscriber receives nothing any more. Elements are released from now on. */
    final void giveUp() {
        givenUp = true;
    }

    final boolean isGivenUp() {
        return givenUp;
    }

    /**
     * Passes on the queued elements, and the end after the last. Returns how many elements were
     * queued. Throws nothing.
     */
    final int deliver() {
        int count = 0;
        while (true) {
            boolean last = done;
            T element = queue.poll();
            if (element == null) {
                if (last && !terminated && !givenUp) {
                    terminated = true;
                    end();
                }
                return count;
            }
            count++;
            try {
                pass(element);
            } catch (Throwable ex) {
                fail(ex);
            }
        }
    }

    private void pass(T element) {
        if (givenUp) {
            release.accept(element);
            return;
        }
        try {
            actual.onNext(element);
        } finally {
            seen(element);
        }
    }

    /** Called after the subscriber has seen an element. */
    void seen(T element) {}

    private void end() {
        Throwable cause = failure;
        try {
            if (cause == null) {
                actual.onComplete();
            } else {
                actual.onError(cause);
            }
        } catch (Throwable ex) {
            fail(ex);
        }
    }

    /** Ends the stream and the exchange with a failure that no signal can carry. */
    final void fail(Throwable cause) {
        try {
            cancel();
        } catch (Throwable ex) {
            UnsignalledErrors.log(ex);
        }
        UnsignalledErrors.fail(currentContext(), cause);
    }
}
