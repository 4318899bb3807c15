package io.fasterapi.batch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of one batcher. The threads that submit items or run batches write them; any thread
 * may read them.
 */
public final class BatchCounters {

    private final LongAdder batches = new LongAdder();
    private final LongAdder items = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder serviceNanos = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final AtomicInteger queued = new AtomicInteger();

    BatchCounters() {}

    /** Returns how many batches have ended. */
    public long batches() {
        return batches.sum();
    }

    /** Returns how many items were in those batches. */
    public long items() {
        return items.sum();
    }

    /** Returns how many nanoseconds those items waited until their batch began, in total. */
    public long waitNanos() {
        return waitNanos.sum();
    }

    /** Returns how many nanoseconds those batches took, in total. */
    public long serviceNanos() {
        return serviceNanos.sum();
    }

    /** Returns how many batches failed as a whole. */
    public long failed() {
        return failed.sum();
    }

    /**
     * Returns how many items were refused: the queue was full, the item had waited too long under
     * lasting overload, or the batcher was closed.
     */
    public long refused() {
        return refused.sum();
    }

    /** Returns how many items were dropped because their deadline had passed. */
    public long expired() {
        return expired.sum();
    }

    /** Returns how many items were dropped because their caller had cancelled. */
    public long cancelled() {
        return cancelled.sum();
    }

    /** Returns how many items wait now. */
    public int queued() {
        return queued.get();
    }

    /**
     * Counts an item in. Returns false, and counts nothing, if the queue holds the most items
     * already.
     */
    boolean enter(int most) {
        if (queued.incrementAndGet() > most) {
            queued.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave(int count) {
        queued.addAndGet(-count);
    }

    void refuse() {
        refused.increment();
    }

    void expire() {
        expired.increment();
    }

    void cancel() {
        cancelled.increment();
    }

    void fail() {
        failed.increment();
    }

    void began(long waited) {
        waitNanos.add(waited);
    }

    void ended(int size, long nanos) {
        items.add(size);
        serviceNanos.add(nanos);
        batches.increment();
    }
}
