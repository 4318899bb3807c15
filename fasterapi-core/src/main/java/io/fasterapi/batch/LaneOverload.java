package io.fasterapi.batch;

import io.fasterapi.cores.SharedQueueControl;
import io.fasterapi.cores.WaitLimits;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the overload of one lane: there from when its oldest item has waited for half of
 * the patience until nothing waits. Thread-safe.
 */
final class LaneOverload {

    /*
     * The unit is a batch: so many as what waits fills, but for those that come next anyway. A
     * function may take longer than clients wait, and what the next batches take is all that it
     * can do then: nothing is refused for that. Only one that takes several times as long as usual
     * stands still, or, if it has never come back, ten times as long as clients wait. The time that
     * an item waits for others, as its batcher wants it to, is no waiting.
     */
    private static final int USUAL_TIMES = 4;
    private static final int UNKNOWN_PATIENCES = 10;

    private final BatchWaits waits;
    private final BatchOptions options;
    private final BatchCounters counters;
    private final long patienceNanos;
    private final SharedQueueControl control;

    private LaneOverload(
            BatchWaits waits, WaitLimits limits, BatchOptions options, BatchCounters counters) {
        this.waits = waits;
        this.options = options;
        this.counters = counters;
        this.patienceNanos = limits.patience().toNanos();
        this.control =
                new SharedQueueControl(
                        limits, () -> waits.lost().applyAsLong(waits.nowNanos()), waits.nowNanos());
    }

    /** Returns what is known from now on, or null if the oldest has not waited for long. */
    static @Nullable LaneOverload of(
            Submission<?, ?> oldest,
            BatchWaits waits,
            BatchOptions options,
            BatchCounters counters) {
        WaitLimits limits = waits.limits();
        return limits == null
                        || waits.nowNanos() - since(oldest, options)
                                < limits.patience().toNanos() / 2
                ? null
                : new LaneOverload(waits, limits, options, counters);
    }

    private static long since(Submission<?, ?> submission, BatchOptions options) {
        return submission.submittedNanos() + options.maxWait().toNanos();
    }

    /**
     * Something waits; returns whether the oldest is given up.
     *
     * @param waiting how many wait
     */
    synchronized boolean givesUp(Submission<?, ?> oldest, int waiting) {
        long now = waits.nowNanos();
        long since = since(oldest, options);
        int filled = (waiting + options.maxSize() - 1) / options.maxSize();
        int batches = Math.max(0, filled - options.concurrency());
        long ended = counters.batches();
        control.usual(
                ended == 0
                        ? UNKNOWN_PATIENCES * patienceNanos
                        : USUAL_TIMES * counters.serviceNanos() / ended);
        return control.look(batches, since, oldest.lostBeforeNanos(), now);
    }

    /** A batch has ended, one of so many under way. */
    synchronized void returned(long begunNanos, int inParallel) {
        long now = waits.nowNanos();
        control.returned(now - begunNanos, inParallel, now);
    }
}
