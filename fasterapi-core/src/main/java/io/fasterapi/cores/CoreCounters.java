package io.fasterapi.cores;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one core counts. Written by the core's thread alone ({@link #rejected} by publishers, {@link
 * #moved} by any), read by any thread; a reader may see values of neighbouring moments.
 */
public final class CoreCounters {

    private static final VarHandle SUMS = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int TAKEN = 8;
    private static final int WAIT_NANOS = 9;
    private static final int SERVICE_NANOS = 10;
    private static final int BATCHES = 11;
    private static final int HANDED_BACK = 12;
    private static final int WAIT_MAX = 13;
    private static final int SERVICE_MAX = 14;
    private static final int BATCH_MAX = 15;
    private static final int CONTINUATIONS = 16;
    private static final int PACE = 17;

    /** How many items the mean of the pace is about. */
    private static final int MEAN_OF = 32;

    /** Plain sums by a single writer, with a cache line of air at either end. */
    private final long[] sums = new long[26];

    private final LongAdder rejected = new LongAdder();
    private final LongAdder moved = new LongAdder();

    CoreCounters() {}

    /** Items taken from the ring. */
    public long taken() {
        return read(TAKEN);
    }

    /** Nanoseconds that the taken items waited in the ring, in all. */
    public long waitNanos() {
        return read(WAIT_NANOS);
    }

    /** The longest wait in the ring since the last call of this method, in nanoseconds. */
    public long takeMaxWaitNanos() {
        return (long) SUMS.getAndSet(sums, WAIT_MAX, 0L);
    }

    /** Nanoseconds spent on the taken items, in all. */
    public long serviceNanos() {
        return read(SERVICE_NANOS);
    }

    /** The longest service since the last call of this method, in nanoseconds. */
    public long takeMaxServiceNanos() {
        return (long) SUMS.getAndSet(sums, SERVICE_MAX, 0L);
    }

    /**
     * What an item takes while others wait, with the continuations and refusals in between: an
     * exponential mean of the last few dozen, in nanoseconds.
     */
    long paceNanos() {
        return read(PACE);
    }

    /** Batches drained from the ring; {@link #taken} divided by this is the mean batch. */
    public long batches() {
        return read(BATCHES);
    }

    /** The largest batch since the last call of this method, in items. */
    public long takeMaxBatch() {
        return (long) SUMS.getAndSet(sums, BATCH_MAX, 0L);
    }

    /** Tasks submitted to event loops, each with everything one batch finished for that loop. */
    public long handBackTasks() {
        return read(HANDED_BACK);
    }

    /** Continuations run: work that came back to the core by its scheduler. */
    public long continuations() {
        return read(CONTINUATIONS);
    }

    /** Items that were refused: the ring was full, or the core did not run. */
    public long rejected() {
        return rejected.sum();
    }

    /** Items given to threads of their own instead of being run. */
    public long moved() {
        return moved.sum();
    }

    void move() {
        moved.increment();
    }

    void reject() {
        rejected.increment();
    }

    void served(long waitNanos, long serviceNanos) {
        add(TAKEN, 1);
        add(WAIT_NANOS, waitNanos);
        add(SERVICE_NANOS, serviceNanos);
        raise(WAIT_MAX, waitNanos);
        raise(SERVICE_MAX, serviceNanos);
    }

    /** An item took that long, with what was done between the last one and it. */
    void pace(long nanos) {
        long mean = sums[PACE];
        add(PACE, mean == 0 ? nanos : (nanos - mean) / MEAN_OF);
    }

    void drained(int items) {
        add(BATCHES, 1);
        raise(BATCH_MAX, items);
    }

    void handedBack() {
        add(HANDED_BACK, 1);
    }

    void continued(int tasks) {
        add(CONTINUATIONS, tasks);
    }

    private void add(int index, long delta) {
        SUMS.setRelease(sums, index, sums[index] + delta);
    }

    private void raise(int index, long value) {
        if (value > (long) SUMS.getOpaque(sums, index)) {
            SUMS.setRelease(sums, index, value);
        }
    }

    private long read(int index) {
        return (long) SUMS.getAcquire(sums, index);
    }
}
