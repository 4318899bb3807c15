package io.fasterapi.cores;

/** Whether items take long on average: an exponential moving mean. Owned by the core's thread. */
final class ServiceMean {

    /** Each item counts for one part in 2 to the power of this. */
    private static final int SHIFT = 6;

    private final long limitNanos;
    private final long longestNanos;
    private long nanos;

    /**
     * Creates a mean of nothing.
     *
     * @param limitNanos beyond it a mean is long
     */
    ServiceMean(long limitNanos) {
        this.limitNanos = limitNanos;
        this.longestNanos = limitNanos << SHIFT; // so that one pause of the machine is not enough
    }

    void add(long serviceNanos) {
        nanos += (Math.min(serviceNanos, longestNanos) - nanos) >> SHIFT;
    }

    boolean isLong() {
        return nanos > limitNanos;
    }
}
