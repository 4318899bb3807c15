package io.fasterapi.stream;

import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
        set(subscription);
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

    /** Nobody receives anything any more: what is delivered from now on is released. */
    final void giveUp() {
        givenUp = true;
    }

    final boolean isGivenUp() {
        return givenUp;
    }

    /** Passes on what there is, in the end the end; returns how many elements that were. */
    final int deliver() {
        int seen = 0;
        while (true) {
            boolean last = done;
            T element = queue.poll();
            if (element == null) {
                if (last && !terminated && !givenUp) {
                    terminated = true;
                    end();
                }
                return seen;
            }
            seen++;
            if (givenUp) {
                release.accept(element);
            } else {
                actual.onNext(element);
                delivered(element);
            }
        }
    }

    /** The subscriber has seen an element. */
    void delivered(T element) {}

    private void end() {
        Throwable cause = failure;
        if (cause == null) {
            actual.onComplete();
        } else {
            actual.onError(cause);
        }
    }
}
