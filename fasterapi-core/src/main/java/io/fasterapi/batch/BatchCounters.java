package io.fasterapi.batch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a batcher counts. Written by its threads, read by any. */
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

    /** Returns how many items were in them. */
    public long items() {
        return items.sum();
    }

    /** Returns how long those items had waited until their batch began, in all. */
    public long waitNanos() {
        return waitNanos.sum();
    }

    /** Returns how long the batches took, in all. */
    public long serviceNanos() {
        return serviceNanos.sum();
    }

    /** Returns how many batches failed as a whole. */
    public long failed() {
        return failed.sum();
    }

    /**
     * Returns how many items were refused: too many waited, they had waited for too long, or the
     * batcher was closed.
     */
    public long refused() {
        return refused.sum();
    }

    /** Returns how many items were dropped because their deadline had passed. */
    public long expired() {
        return expired.sum();
    }

    /** Returns how many items were dropped because their caller had gone. */
    public long cancelled() {
        return cancelled.sum();
    }

    /** Returns how many items wait now. */
    public int queued() {
        return queued.get();
    }

    /** Counts an item in, unless as many wait as may; then false. */
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
