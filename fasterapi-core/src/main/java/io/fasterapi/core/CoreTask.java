package io.fasterapi.core;

import io.fasterapi.placement.RoutePlacement;
import org.jspecify.annotations.Nullable;

/** Work that passes a ring. The publisher owns it until it is accepted, then the worker. */
public interface CoreTask {

    /**
     * Does the work on the worker's thread. If it throws, {@link #abort} is called and the worker
     * goes on.
     */
    void run(Worker worker) throws Exception;

    /**
     * Called instead of {@link #run}, on any thread, when the work has waited too long for an
     * overloaded core or for busy threads.
     *
     * @return true if the work has ended; false if it must still be run
     */
    default boolean giveUp() {
        return false;
    }

    /**
     * Returns whether the work must run in the order of publication, on the core to which it was
     * published.
     */
    default boolean isOrdered() {
        return false;
    }

    /**
     * Returns the placement of the work's route. Work that was published to a core moves to a
     * thread if its route has moved there, or if it may move and its core is at a call that waits.
     *
     * @return null if the work must run where it was published
     */
    default @Nullable RoutePlacement placement() {
        return null;
    }

    /**
     * Returns whether the work is essential: it goes first on an overloaded core, and it has
     * threads of its own. Health checks are, because they ask how the core does.
     */
    default boolean isEssential() {
        return false;
    }

    /**
     * Ends work that could not run or that failed. Called once, and not after {@link #run} has
     * ended normally. It runs on the core's thread, or, if the core has stopped or no thread could
     * be had, on the thread that noticed it.
     */
    void abort(Throwable cause);

    /**
     * Returns a name of the work for the watchdog.
     *
     * @return an object that lives as long as the application and whose {@code toString} names a
     *     route, never a request
     */
    default Object route() {
        return "work on a core";
    }
}
