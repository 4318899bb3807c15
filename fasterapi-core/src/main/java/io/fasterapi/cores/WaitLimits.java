package io.fasterapi.cores;

import java.time.Duration;

/**
 * How long work may wait for a core.
 *
 * @param patience how long clients would wait: nothing that can be served within that time is given
 *     up
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
