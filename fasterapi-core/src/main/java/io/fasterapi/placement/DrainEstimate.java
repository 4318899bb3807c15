package io.fasterapi.placement;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How long a queue takes to drain, by how fast it has moved on lately. Thread-safe; it costs its
 * queue nothing: it looks only when it is asked, which those do that refuse.
 */
public final class DrainEstimate implements DrainTime {

    /*
     * At most one look in a WINDOW: what has ended since the last one is the pace, and that takes
     * through what waits now. A look that finds that nothing has ended says that it takes as long
     * as it has taken so far, at least. After a time without looks nothing is known: the queue may
     * have been empty meanwhile.
     */
    private static final long WINDOW_NANOS = 200_000_000;
    private static final long FORGOTTEN_NANOS = 10_000_000_000L;

    private final LongSupplier waiting;
    private final LongSupplier ended;
    private final LongSupplier clock;
    private final AtomicLong nextLook;

    /** When something was last seen to have ended, and how many there were then. By each look. */
    private volatile long sinceNanos;

    private volatile long endedThen;
    private volatile long nanos = UNKNOWN_NANOS;

    /**
     * Creates an estimate.
     *
     * @param waiting returns how many items wait or are under way
     * @param ended returns how many have ended, ever
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
        } else if (forgotten || moved < 0) { // or counted on from zero
            nanos = UNKNOWN_NANOS;
        } else {
            nanos = (long) ((double) items * took / moved);
        }
        endedThen = count;
        sinceNanos = now;
    }
}
