package io.fasterapi.core;

import java.time.Duration;

/**
 * How long work may wait. Immutable.
 *
 * @param patience how long clients wait, more than zero; work that can be served within this time
 *     is never given up
 */
public record QueueTimeLimit(Duration patience) {

    private static final QueueTimeLimit NONE = new QueueTimeLimit(Duration.ofDays(365));

    public QueueTimeLimit {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(
                    "patience: " + patience + " (expected: more than 0)");
        }
    }

    /** Returns a limit that no work reaches. */
    public static QueueTimeLimit none() {
        return NONE;
    }
}
