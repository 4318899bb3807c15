package io.fasterapi.placement;

/** Limits how many requests of one route may be under way. Thread-safe. */
public interface ConcurrencyLimit {

    /** Returns the present limit, at least 1. */
    int now();

    /** Returns whether {@link #ended} must be called for each request. */
    boolean isLearning();

    /**
     * A request has ended.
     *
     * @param begunNanos when it was admitted, in the time of {@link System#nanoTime}
     * @param nanos how long it was under way
     * @param underWay how many requests were under way, this one included
     * @param failed whether it ended without an answer of the application
     */
    void ended(long begunNanos, long nanos, int underWay, boolean failed);

    /** Returns a limit that never changes. */
    static ConcurrencyLimit fixed(int most) {
        return new FixedLimit(most);
    }
}
