package io.fasterapi.stream;

import io.fasterapi.exchange.UnsignalledErrors;
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
 * One subscription whose signals wait for the subscriber's thread. Fed by the source's thread,
 * drained by the subscriber's, one caller at a time.
 */
abstract class HandOver<T> extends Operators.DeferredSubscription implements CoreSubscriber<T> {

    /*
     * What the source or the subscriber throws ends the exchange that they belong to, and with that
     * the stream: who calls here knows neither, and would leave both without an end. What is queued
     * is released.
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
     * @param release gives back an element that nobody receives
     */
    HandOver(CoreSubscriber<? super T> actual, Consumer<? super T> release) {
        this.actual = actual;
        this.release = release;
    }

    /** Has {@link #deliver} called on the subscriber's thread. */
    abstract void signal();

    @Override
    public final Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public final void onSubscribe(Subscription subscription) {
        try {
            set(subscription);
        } catch (Throwable ex) { // of a source that was asked for something at once
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

    /** Subscribes to the source, on its thread. */
    final void subscribeTo(Publisher<? extends T> source) {
        try {
            source.subscribe(this);
        } catch (Throwable ex) {
            fail(ex);
        }
    }

    /** Asks the source for elements, on its thread. */
    final void ask(long n) {
        try {
            super.request(n);
        } catch (Throwable ex) {
            fail(ex);
        }
    }

    /** Nobody receives anything any more: what is delivered from now on is released. */
    final void giveUp() {
        givenUp = true;
    }

    final boolean isGivenUp() {
        return givenUp;
    }

    /**
     * Passes on what there is, in the end the end; returns how many elements that were. Throws
     * nothing.
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

    /** The subscriber has seen an element. */
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

    /** Ends the stream and the exchange with what no signal can carry. */
    final void fail(Throwable cause) {
        try {
            cancel();
        } catch (Throwable ex) {
            UnsignalledErrors.log(ex);
        }
        UnsignalledErrors.fail(currentContext(), cause);
    }
}
