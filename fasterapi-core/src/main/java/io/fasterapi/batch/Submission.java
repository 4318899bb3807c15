package io.fasterapi.batch;

import io.fasterapi.admission.UnsignalledErrors;
import io.fasterapi.http.Deadline;
import io.fasterapi.log.SafeLog;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;

/**
 * One item and the caller that waits for its result. The thread that ends its batch answers it
 * once, or its caller cancels it. Thread-safe.
 */
final class Submission<I, O> implements Subscription {

    /*
     * A value needs the caller's demand, a failure does not. The demand and the value may come in
     * either order; whichever comes second emits. Only the thread that moves the state to OVER may
     * signal.
     */
    private static final System.Logger LOGGER = System.getLogger(Submission.class.getName());

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Submission> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Submission.class, "state");

    private static final int NEW = 0;
    private static final int REQUESTED = 1;
    private static final int ANSWERED = 2;
    private static final int OVER = 3;

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Submission> CLAIMED =
            AtomicIntegerFieldUpdater.newUpdater(Submission.class, "claimed");

    /** The values of `claimed`: a batch has the item. */
    private static final int BY_BATCH = 1;

    /** Its caller has cancelled it, or it was refused. */
    private static final int BY_CALLER = 2;

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<Submission, BatchLane> LANE =
            AtomicReferenceFieldUpdater.newUpdater(Submission.class, BatchLane.class, "lane");

    private final CoreSubscriber<? super O> caller;
    private final BatchCounters counters;
    private final I item;
    private final @Nullable Deadline deadline;
    private final long submittedNanos;
    private final long lostBeforeNanos;
    private @Nullable O value;
    private volatile int state;
    private volatile int claimed;
    private volatile @Nullable BatchLane<I, O> lane;
    private volatile @Nullable BatchRun<I, O> run;

    Submission(I item, CoreSubscriber<? super O> caller, BatchCounters counters, BatchWaits waits) {
        this.item = item;
        this.caller = caller;
        this.counters = counters;
        this.deadline = Deadline.of(caller.currentContext());
        this.submittedNanos = waits.nowNanos();
        this.lostBeforeNanos = waits.lost().applyAsLong(submittedNanos);
    }

    /**
     * The item waits in a lane from now on. Its caller may have cancelled just before. Then exactly
     * one of the two threads tells the lane.
     */
    void entered(BatchLane<I, O> where) {
        lane = where;
        if (claimed == BY_CALLER) {
            leave();
        }
    }

    @SuppressWarnings({
        "unchecked",
        "NullAway"
    }) // the updater accepts null, its signature does not say so
    private void leave() {
        BatchLane<I, O> entered = (BatchLane<I, O>) LANE.getAndSet(this, null);
        if (entered != null) {
            entered.cancelled();
        }
    }

    /** Claims the waiting item for a batch. Returns false if it was claimed before. */
    boolean claim() {
        return CLAIMED.compareAndSet(this, 0, BY_BATCH);
    }

    /** Returns whether the item waits no longer. */
    boolean isClaimed() {
        return claimed != 0;
    }

    /** Claims the waiting item to drop it. Returns false if it was claimed before. */
    boolean takeBack() {
        if (!CLAIMED.compareAndSet(this, 0, BY_CALLER)) {
            return false;
        }
        counters.leave(1);
        leave();
        return true;
    }

    /** Fails the item if no batch has claimed it. */
    void failUnlessTaken(Throwable failure) {
        if (takeBack()) {
            fail(failure);
        }
    }

    I item() {
        return item;
    }

    long submittedNanos() {
        return submittedNanos;
    }

    /** Returns how many nanoseconds had been lost in pauses when the item came. */
    long lostBeforeNanos() {
        return lostBeforeNanos;
    }

    boolean isOverdue() {
        return deadline != null && deadline.isOver();
    }

    /** Returns whether the item has its answer or its caller has gone. */
    boolean isOver() {
        return state >= ANSWERED;
    }

    /** Joins a batch. Returns false if the caller has gone. */
    boolean join(BatchRun<I, O> batch) {
        run = batch;
        return !isOver();
    }

    @Override
    public void request(long n) {
        if (!Operators.validate(n)) {
            return;
        }
        if (!STATE.compareAndSet(this, NEW, REQUESTED)
                && STATE.compareAndSet(this, ANSWERED, OVER)) {
            emit();
        }
    }

    @Override
    public void cancel() {
        int before = STATE.getAndSet(this, OVER);
        if (before < ANSWERED) {
            if (CLAIMED.compareAndSet(this, 0, BY_CALLER)) {
                counters.leave(1);
                counters.cancel();
                leave();
                return;
            }
            BatchRun<I, O> batch = run; // null: it may join one later, which checks isOver
            if (batch != null) {
                batch.callerGone();
            }
        }
    }

    /** Answers the item. Does nothing if the caller has gone. */
    void answer(BatchResult<O> result) {
        if (result.failure() != null) {
            fail(result.failure());
            return;
        }
        value = result.value();
        if (value == null) {
            if (STATE.getAndSet(this, OVER) != OVER) {
                guarded(caller::onComplete);
            }
        } else if (!STATE.compareAndSet(this, NEW, ANSWERED)
                && STATE.compareAndSet(this, REQUESTED, OVER)) {
            emit();
        }
    }

    /** Answers the item with a failure. Does nothing if the caller has gone. */
    void fail(Throwable failure) {
        if (STATE.getAndSet(this, OVER) != OVER) {
            guarded(() -> caller.onError(deliverable(failure)));
        }
    }

    /**
     * Returns a failure that Reactor delivers. Reactor's operators throw fatal errors of the JVM
     * instead of passing them on, and then no caller would be told. Such an error becomes the cause
     * of an exception, which exception handlers see.
     */
    static Throwable deliverable(Throwable failure) {
        return Exceptions.isFatal(failure)
                ? new IllegalStateException("the batch ended in an Error", failure)
                : failure;
    }

    private void emit() {
        O result = value;
        assert result != null : "nothing to emit";
        guarded(
                () -> {
                    caller.onNext(result);
                    caller.onComplete();
                });
    }

    /** Signals one caller. If it throws, the other callers of the batch are not affected. */
    private void guarded(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable ex) {
            try {
                UnsignalledErrors.fail(caller.currentContext(), ex);
            } catch (Throwable none) {
                SafeLog.error(LOGGER, () -> "a subscriber failed when it was given its result", ex);
            }
        }
    }
}
