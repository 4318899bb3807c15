package io.fasterapi.cores;

import java.time.Duration;

/**
 * How long work may wait in a ring before it is given up.
 *
 * @param target the limit while the ring has not been empty for the interval
 * @param interval the limit at all other times
 */
public record WaitLimits(Duration target, Duration interval) {

    /*
     * The rule and its values, 5 and 100 ms: B. Maurer, "Fail at Scale", ACM Queue 13 (8), 2015,
     * after CoDel (K. Nichols, V. Jacobson, 2012).
     */
    private static final WaitLimits NONE =
            new WaitLimits(Duration.ofDays(365), Duration.ofDays(365));

    public WaitLimits {
        if (target.isNegative() || target.isZero() || interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(
                    "target: " + target + ", interval: " + interval + " (expected: more than 0)");
        }
    }

    /** Returns limits that no work reaches. */
    public static WaitLimits none() {
        return NONE;
    }
}
