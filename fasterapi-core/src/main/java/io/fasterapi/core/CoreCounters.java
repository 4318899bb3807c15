package io.fasterapi.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of one core. Only the core's thread writes them, except {@link #rejected}
 * (publishers) and {@link #moved} (any thread). Any thread may read them; values read one after the
 * other may belong to slightly different moments.
 */
public final class CoreCounters {

    private static final VarHandle SUMS = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int TAKEN = 16;
    private static final int WAIT_NANOS = 17;
    private static final int SERVICE_NANOS = 18;
    private static final int BATCHES = 19;
    private static final int HANDED_BACK = 20;
    private static final int WAIT_MAX = 21;
    private static final int SERVICE_MAX = 22;
    private static final int BATCH_MAX = 23;
    private static final int CONTINUATIONS = 24;
    private static final int PACE = 25;

    /** The weight of the exponential mean: about this many items. */
    private static final int MEAN_OF = 32;

    /**
     * Sums with a single writer. The padding at both ends keeps other data off their cache lines.
     */
    final long[] sums = new long[42];

    private final LongAdder rejected = new LongAdder();
    private final LongAdder moved = new LongAdder();

    CoreCounters() {}

    /** Returns how many items were taken from the ring. */
    public long taken() {
        return read(TAKEN);
    }

    /** Returns how many nanoseconds those items waited in the ring, in total. */
    public long waitNanos() {
        return read(WAIT_NANOS);
    }

    /** Returns the longest wait in the ring since the last call of this method, in nanoseconds. */
    public long takeMaxWaitNanos() {
        return (long) SUMS.getAndSet(sums, WAIT_MAX, 0L);
    }

    /** Returns how many nanoseconds those items took to run, in total. */
    public long serviceNanos() {
        return read(SERVICE_NANOS);
    }

    /** Returns the longest run of an item since the last call of this method, in nanoseconds. */
    public long takeMaxServiceNanos() {
        return (long) SUMS.getAndSet(sums, SERVICE_MAX, 0L);
    }

    /**
     * Returns how many nanoseconds an item takes while others wait, with the continuations and
     * refusals between two items. It is an exponential mean of the last few dozen items.
     */
    long paceNanos() {
        return read(PACE);
    }

    /**
     * Returns how many batches were drained from the ring. {@link #taken} divided by this is the
     * mean batch.
     */
    public long batches() {
        return read(BATCHES);
    }

    /** Returns the largest batch since the last call of this method, in items. */
    public long takeMaxBatch() {
        return (long) SUMS.getAndSet(sums, BATCH_MAX, 0L);
    }

    /** Returns how many completion batches were submitted to event loops, each as one task. */
    public long completionBatches() {
        return read(HANDED_BACK);
    }

    /** Returns how many continuations were run. */
    public long continuations() {
        return read(CONTINUATIONS);
    }

    /** Returns how many items were refused because the ring was full or the core did not run. */
    public long rejected() {
        return rejected.sum();
    }

    /** Returns how many items were moved to threads instead of being run. */
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
        served(1, waitNanos, waitNanos, serviceNanos);
    }

    /**
     * Records items that were timed as one.
     *
     * @param waitNanos how long they waited, in total
     * @param waitMaxNanos how long one of them waited at most
     * @param serviceNanos how long they took, in total
     */
    void served(int items, long waitNanos, long waitMaxNanos, long serviceNanos) {
        add(TAKEN, items);
        add(WAIT_NANOS, waitNanos);
        add(SERVICE_NANOS, serviceNanos);
        raise(WAIT_MAX, waitMaxNanos);
        raise(SERVICE_MAX, serviceNanos);
    }

    /** Records how long items took, with all work since the item before them. */
    void pace(int items, long nanos) {
        long mean = sums[PACE];
        long each = nanos / items;
        add(PACE, mean == 0 ? each : (each - mean) * items / MEAN_OF);
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
