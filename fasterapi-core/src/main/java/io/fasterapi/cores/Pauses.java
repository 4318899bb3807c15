package io.fasterapi.cores;

/**
 * Knows of pauses of the whole JVM: garbage collections, a suspended machine. Told of each of its
 * looks by one thread that looks every few milliseconds; asked by cores.
 */
public final class Pauses {

    /** A look that comes later than this after the last was held up. */
    private static final long PAUSE_NANOS = 50_000_000;

    private volatile boolean watched;
    private volatile long lookedAtNanos;
    private volatile long endedAtNanos;

    /** The thread has looked. */
    public void looked() {
        long now = System.nanoTime();
        if (!watched || now - lookedAtNanos > PAUSE_NANOS) {
            endedAtNanos = now;
        }
        lookedAtNanos = now;
        watched = true;
    }

    /** Nobody looks any more. */
    public void unwatched() {
        watched = false;
    }

    /** Returns whether the JVM has paused, or may have, since a moment. */
    boolean isSince(long momentNanos, long nowNanos) {
        return watched
                && (momentNanos - endedAtNanos < 0 || nowNanos - lookedAtNanos > PAUSE_NANOS);
    }
}
