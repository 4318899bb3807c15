package io.fasterapi.samples.quickstart.compare;

import org.jspecify.annotations.Nullable;

/**
 * What a comparison found.
 *
 * @param path what was asked for
 * @param extent how much was measured
 * @param fasterapi this application
 * @param stock the same application with {@code fasterapi.enabled=false}
 * @param ratios one against the other
 * @param difference two answers that were not the same; null if all were
 */
record SideBySideResult(
        String path,
        Extent extent,
        Side fasterapi,
        Side stock,
        Ratios ratios,
        @Nullable Difference difference) {

    /**
     * Returns whether every answer had the same status line, headers (but for the value of Date)
     * and body.
     */
    public boolean isEqual() {
        return difference == null;
    }

    /**
     * How much was measured.
     *
     * @param requests how many requests each of the three series had
     * @param rounds in how many rounds
     * @param warmUpRequests how many requests each application had before
     * @param connections over how many connections at a time
     * @param jvmSeconds the age of the JVM in the end
     * @param processors how many CPUs it has
     */
    record Extent(
            int requests,
            int rounds,
            int warmUpRequests,
            int connections,
            long jvmSeconds,
            int processors) {}

    /**
     * One application; medians of the rounds.
     *
     * @param cpuMicros CPU time per request in microseconds
     * @param medianMicros the median latency in microseconds
     */
    record Side(double cpuMicros, double medianMicros) {}

    /**
     * Ratios of CPU per request, round by round.
     *
     * @param fasterapi this application against stock
     * @param control stock against stock: 1 on a machine that does nothing else
     */
    record Ratios(Range fasterapi, Range control) {}

    /**
     * A median, and where the middle half of the values lies.
     *
     * @param median the median
     * @param lower the lower quartile
     * @param upper the upper quartile
     */
    record Range(double median, double lower, double upper) {}

    /**
     * Two answers that are not the same.
     *
     * @param fasterapi this application's
     * @param stock the stock application's
     */
    record Difference(String fasterapi, String stock) {}
}
