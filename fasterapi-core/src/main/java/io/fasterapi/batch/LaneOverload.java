package io.fasterapi.batch;

import io.fasterapi.core.QueueTimeLimit;
import io.fasterapi.core.SharedQueueControl;
import org.jspecify.annotations.Nullable;

/**
 * The overload of one lane. It exists from the moment when the lane's oldest item has waited for
 * half of the patience until no item waits. Thread-safe.
 */
final class LaneOverload {

    /*
     * Waiting is counted in batches: as many as the waiting items fill, less those that begin next
     * anyway. A function may take longer than clients wait. Then the next batches are all that the
     * lane can do, and nothing is refused because of them. A batch counts as standing still if it
     * takes USUAL_TIMES the usual time, or, as long as no batch has ended, UNKNOWN_PATIENCES times
     * the patience. The time that an item may wait for others (maxWait) does not count as waiting.
     */
    private static final int USUAL_TIMES = 4;
    private static final int UNKNOWN_PATIENCES = 10;

    private final BatchWaits waits;
    private final BatchOptions options;
    private final BatchCounters counters;
    private final long patienceNanos;
    private final SharedQueueControl control;

    private LaneOverload(
            BatchWaits waits, QueueTimeLimit limit, BatchOptions options, BatchCounters counters) {
        this.waits = waits;
        this.options = options;
        this.counters = counters;
        this.patienceNanos = limit.patience().toNanos();
        this.control =
                new SharedQueueControl(
                        limit, () -> waits.lost().applyAsLong(waits.nowNanos()), waits.nowNanos());
    }

    /** Returns the overload, which begins now, or null if the oldest item has not waited long. */
    static @Nullable LaneOverload of(
            Submission<?, ?> oldest,
            BatchWaits waits,
            BatchOptions options,
            BatchCounters counters) {
        QueueTimeLimit limit = waits.limit();
        return limit == null
                        || waits.nowNanos() - since(oldest, options)
                                < limit.patience().toNanos() / 2
                ? null
                : new LaneOverload(waits, limit, options, counters);
    }

    private static long since(Submission<?, ?> submission, BatchOptions options) {
        return submission.submittedNanos() + options.maxWait().toNanos();
    }

    /**
     * Returns whether the oldest item is to be refused.
     *
     * @param waiting how many items wait
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

    /**
     * A batch has ended.
     *
     * @param inParallel how many batches were under way, this one included
     */
    synchronized void returned(long begunNanos, int inParallel) {
        long now = waits.nowNanos();
        control.returned(now - begunNanos, inParallel, now);
    }
}
