package io.fasterapi.cores;

/** Tells when a core is overloaded and what has waited for too long. Owned by the core's thread. */
final class WaitBound {

    /** Items that a core runs, however long they waited: until then its code is not compiled. */
    private static final int WARM_UP = 1_000;

    private final long targetNanos;
    private final long intervalNanos;
    private final Pauses pauses;
    private long emptyAtNanos = System.nanoTime();

    WaitBound(WaitLimits limits, Pauses pauses) {
        this.targetNanos = limits.target().toNanos();
        this.intervalNanos = limits.interval().toNanos();
        this.pauses = pauses;
    }

    /** Nothing waits. */
    void empty(long nowNanos) {
        emptyAtNanos = nowNanos;
    }

    /** Returns whether something has always waited for an interval. */
    boolean isOverloaded(long nowNanos) {
        return nowNanos - emptyAtNanos > intervalNanos;
    }

    /** Returns whether that is longer than an interval. */
    boolean isTooMuch(long nanos) {
        return nanos > intervalNanos;
    }

    /**
     * Returns whether work has waited for too long; pauses of the JVM do not count.
     *
     * @param last whether nothing younger waits: without it the core would have nothing to do, so
     *     it is never overload that makes it too old
     */
    boolean isTooLong(long publishedAtNanos, long nowNanos, long taken, boolean last) {
        long waited = nowNanos - publishedAtNanos;
        boolean overloaded = !last && isOverloaded(nowNanos);
        if (!isMoreThanAllowed(waited, overloaded) || taken < WARM_UP) {
            return false;
        }
        return isMoreThanAllowed(waited - pauses.since(publishedAtNanos, nowNanos), overloaded);
    }

    private boolean isMoreThanAllowed(long nanos, boolean overloaded) {
        return nanos > targetNanos && (overloaded || nanos > intervalNanos);
    }
}
