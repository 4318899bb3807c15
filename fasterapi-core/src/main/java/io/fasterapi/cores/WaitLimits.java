package io.fasterapi.cores;

import java.time.Duration;

/**
 * How long work may wait. Immutable.
 *
 * @param patience how long clients wait, more than zero; work that can be served within this time
 *     is never given up
 */
public record WaitLimits(Duration patience) {

    private static final WaitLimits NONE = new WaitLimits(Duration.ofDays(365));

    public WaitLimits {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(
                    "patience: " + patience + " (expected: more than 0)");
        }
    }

    /** Returns limits that no work reaches. */
    public static WaitLimits none() {
        return NONE;
    }
}
