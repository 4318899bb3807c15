package io.fasterapi.placement;

/** The most requests of one route that may be under way. Thread-safe. */
public interface ConcurrencyLimit {

    /** Returns the limit at this moment, at least 1. */
    int now();

    /** Returns whether requests that have ended are to be told to {@link #ended}. */
    boolean isLearning();

    /**
     * A request has ended.
     *
     * @param begunNanos when it was admitted, of {@link System#nanoTime}
     * @param nanos how long it was under way
     * @param underWay how many were, this one included
     * @param failed whether it ended without the application's answer
     */
    void ended(long begunNanos, long nanos, int underWay, boolean failed);

    /** Returns a limit that stays as it is. */
    static ConcurrencyLimit fixed(int most) {
        return new FixedLimit(most);
    }
}
