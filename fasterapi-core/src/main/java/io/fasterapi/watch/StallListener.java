package io.fasterapi.watch;

import java.time.Duration;

/**
 * Learns of stalls, each once. Called on the watchdog's thread, which looks at nothing meanwhile;
 * what a listener throws is logged.
 */
@FunctionalInterface
public interface StallListener {

    /** A thread has stalled and may still be at it. */
    void stalled(Stall stall);

    /**
     * A thread that had stalled goes on.
     *
     * @param stall as it was reported
     * @param heldFor how long it took in all, to a look of the watchdog, without what the watchdog
     *     itself missed
     */
    default void ended(Stall stall, Duration heldFor) {}
}
