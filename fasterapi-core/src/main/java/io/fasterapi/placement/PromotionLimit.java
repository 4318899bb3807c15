package io.fasterapi.placement;

/**
 * How short the calls of a route must be to leave a core for the event loop: well under what the
 * hop costs on this host, once that is known. Thread-safe.
 */
public final class PromotionLimit {

    /** Whatever a hop costs: longer calls would make an event loop's other connections wait. */
    private static final long MOST_NANOS = 20_000;

    private static final long LEAST_NANOS = 1_000;

    private volatile long nanos;

    /** Learns what a hop costs, in nanoseconds. */
    public void calibrate(long hopNanos) {
        nanos = Math.max(LEAST_NANOS, Math.min(MOST_NANOS, hopNanos / 2));
    }

    /** Returns whether the cost of a hop is known; until then no route leaves its core. */
    public boolean isKnown() {
        return nanos > 0;
    }

    /** Returns the limit in nanoseconds, 0 if it is not known. */
    public long nanos() {
        return nanos;
    }
}
