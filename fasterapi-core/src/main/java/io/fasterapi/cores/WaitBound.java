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

    /** Returns whether work has waited for too long; pauses of the JVM do not count. */
    boolean isTooLong(long publishedAtNanos, long nowNanos, long taken) {
        long waited = nowNanos - publishedAtNanos;
        if (!isMoreThanAllowed(waited, nowNanos) || taken < WARM_UP) {
            return false;
        }
        return isMoreThanAllowed(waited - pauses.since(publishedAtNanos, nowNanos), nowNanos);
    }

    private boolean isMoreThanAllowed(long nanos, long nowNanos) {
        return nanos > targetNanos && (nanos > intervalNanos || isOverloaded(nowNanos));
    }
}
