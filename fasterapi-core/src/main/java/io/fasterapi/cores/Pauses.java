package io.fasterapi.cores;

/**
 * Knows of pauses of the whole JVM: garbage collections, a suspended machine. Told of each of its
 * looks by one thread that looks every few milliseconds; asked by cores.
 */
public final class Pauses {

    /** A look that comes later than this after the last was held up. */
    private static final long PAUSE_NANOS = 50_000_000;

    /**
     * What is known.
     *
     * @param totalNanos how long all pauses took that are over
     * @param lookedAtNanos when the last look was
     * @param watched whether there will be another
     */
    private record Known(long totalNanos, long lookedAtNanos, boolean watched) {}

    private volatile Known known = new Known(0, 0, false);

    /** The thread has looked. */
    public void looked() {
        looked(System.nanoTime());
    }

    void looked(long now) {
        known = new Known(totalNanos(now), now, true);
    }

    /** Nobody looks any more. */
    public void unwatched() {
        known = new Known(known.totalNanos(), 0, false);
    }

    /** Returns for how long the JVM has paused so far, or seems to, in nanoseconds. */
    public long totalNanos() {
        return totalNanos(System.nanoTime());
    }

    /**
     * Returns for how long the JVM had paused by a moment, or seemed to, in nanoseconds.
     *
     * @param nowNanos the moment: now, or a little while ago
     */
    public long totalNanos(long nowNanos) {
        Known now = known;
        long passed = nowNanos - now.lookedAtNanos();
        return now.watched() && passed > PAUSE_NANOS ? now.totalNanos() + passed : now.totalNanos();
    }
}
