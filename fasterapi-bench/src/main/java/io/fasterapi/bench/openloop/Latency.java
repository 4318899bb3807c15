package io.fasterapi.bench.openloop;

import org.HdrHistogram.Histogram;

/**
 * Latencies of answers, in milliseconds from the intended time of their requests; all zero if there
 * were none. Immutable.
 *
 * @param count how many answers
 * @param p50 what half of them did not exceed
 * @param p90 what 90 % of them did not exceed
 * @param p99 what 99 % of them did not exceed
 * @param p999 what 99.9 % of them did not exceed
 * @param max the longest
 */
record Latency(long count, double p50, double p90, double p99, double p999, double max) {

    private static final double NANOS_PER_MILLI = 1e6;

    static Latency of(Histogram nanos) {
        return new Latency(
                nanos.getTotalCount(),
                millis(nanos, 50),
                millis(nanos, 90),
                millis(nanos, 99),
                millis(nanos, 99.9),
                nanos.getMaxValue() / NANOS_PER_MILLI);
    }

    /** A percentile of a histogram of nanoseconds, in milliseconds; 0 if it is empty. */
    static double millis(Histogram nanos, double percentile) {
        return nanos.getTotalCount() == 0
                ? 0
                : Math.min(nanos.getValueAtPercentile(percentile), nanos.getMaxValue())
                        / NANOS_PER_MILLI;
    }
}
