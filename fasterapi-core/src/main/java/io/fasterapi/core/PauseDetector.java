package io.fasterapi.core;

/**
 * Records pauses of the whole JVM, for example garbage collections or a suspended machine. One
 * thread reports to it every few milliseconds; any thread may ask it.
 */
public final class PauseDetector {

    /** A gap between two reports that is longer than this is a pause. */
    private static final long PAUSE_NANOS = 50_000_000;

    /**
     * The state, replaced as a whole.
     *
     * @param totalNanos the length of all finished pauses
     * @param lookedAtNanos the time of the last report
     * @param watched whether another report will come
     */
    private record Known(long totalNanos, long lookedAtNanos, boolean watched) {}

    private volatile Known known = new Known(0, 0, false);

    /** The watching thread reports. */
    public void looked() {
        looked(System.nanoTime());
    }

    void looked(long now) {
        known = new Known(totalNanos(now), now, true);
    }

    /** No more reports will come. */
    public void unwatched() {
        known = new Known(known.totalNanos(), 0, false);
    }

    /** Returns how many nanoseconds the JVM has paused so far, the present gap included. */
    public long totalNanos() {
        return totalNanos(System.nanoTime());
    }

    /**
     * Returns how many nanoseconds the JVM had paused by a moment.
     *
     * @param nowNanos the moment: now or shortly before
     */
    public long totalNanos(long nowNanos) {
        Known now = known;
        long passed = nowNanos - now.lookedAtNanos();
        return now.watched() && passed > PAUSE_NANOS ? now.totalNanos() + passed : now.totalNanos();
    }
}
