package io.fasterapi.placement;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Estimates how long a queue takes to drain, from its recent pace. Thread-safe. It costs the queue
 * nothing: it reads the counters only when it is asked, which happens at refusals.
 */
public final class DrainEstimate implements DrainTime {

    /*
     * The counters are read at most once per WINDOW_NANOS. The number of items that ended since the
     * last reading gives the pace; the pace gives the time for the items that wait now. If none has
     * ended, the estimate is at least the time since one did. After FORGOTTEN_NANOS without a
     * reading the pace is unknown, because the queue may have been empty in between.
     */
    private static final long WINDOW_NANOS = 200_000_000;
    private static final long FORGOTTEN_NANOS = 10_000_000_000L;

    private final LongSupplier waiting;
    private final LongSupplier ended;
    private final LongSupplier clock;
    private final AtomicLong nextLook;

    /** The time and the count of the last reading that found an item ended. */
    private volatile long sinceNanos;

    private volatile long endedThen;
    private volatile long nanos = UNKNOWN_NANOS;

    /**
     * Creates an estimate.
     *
     * @param waiting returns how many items wait or are under way
     * @param ended returns how many items have ended so far
     */
    public DrainEstimate(LongSupplier waiting, LongSupplier ended) {
        this(waiting, ended, System::nanoTime);
    }

    DrainEstimate(LongSupplier waiting, LongSupplier ended, LongSupplier clock) {
        this.waiting = waiting;
        this.ended = ended;
        this.clock = clock;
        this.nextLook = new AtomicLong(clock.getAsLong() - 2 * FORGOTTEN_NANOS);
    }

    @Override
    public long nanos() {
        long now = clock.getAsLong();
        long due = nextLook.get();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + WINDOW_NANOS)) {
            look(now, now - due > FORGOTTEN_NANOS);
        }
        return nanos;
    }

    private void look(long now, boolean forgotten) {
        long count = ended.getAsLong();
        long moved = count - endedThen;
        long took = now - sinceNanos;
        long items = waiting.getAsLong();
        if (items > 0 && moved == 0 && !forgotten) {
            nanos = Math.max(nanos, took);
            return;
        }
        if (items <= 0) {
            nanos = 0;
        } else if (forgotten || moved < 0) { // the counter has started again from zero
            nanos = UNKNOWN_NANOS;
        } else {
            nanos = (long) ((double) items * took / moved);
        }
        endedThen = count;
        sinceNanos = now;
    }
}
