package io.fasterapi.watchdog;

import java.time.Duration;

/**
 * Is told of each stall once. It runs on the watchdog's thread, which checks nothing until it
 * returns, so it must not block. What it throws is logged.
 */
@FunctionalInterface
public interface StallListener {

    /** A thread has stalled. It may still be stalled. */
    void stalled(Stall stall);

    /**
     * A stalled thread goes on.
     *
     * @param stall as it was reported
     * @param heldFor how long the stall took in total, to the precision of a look, without time in
     *     which the watchdog itself did not run
     */
    default void ended(Stall stall, Duration heldFor) {}
}
