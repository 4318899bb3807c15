package io.fasterapi.placement;

/**
 * How short a route's calls must be for it to move from a core to its event loop: half of what
 * handing work to another thread costs on this host. Thread-safe.
 */
public final class PromotionLimit {

    /**
     * The most, whatever a thread change costs: longer calls delay other connections of the loop.
     */
    private static final long MOST_NANOS = 20_000;

    private static final long LEAST_NANOS = 1_000;

    private volatile long nanos;

    /**
     * Sets the cost of a thread change in nanoseconds. The limit is half of it, at least 1 and at
     * most 20 microseconds.
     */
    public void calibrate(long hopNanos) {
        nanos = Math.max(LEAST_NANOS, Math.min(MOST_NANOS, hopNanos / 2));
    }

    /** Returns whether the cost is known. Until then no route moves to its event loop. */
    public boolean isKnown() {
        return nanos > 0;
    }

    /** Returns the limit in nanoseconds, or 0 if it is not known yet. */
    public long nanos() {
        return nanos;
    }
}
