package io.fasterapi.cores;

import io.fasterapi.placement.RoutePlacement;
import org.jspecify.annotations.Nullable;

/** Work that crosses a ring. Owned by the publisher until accepted, by the worker from then on. */
public interface CoreTask {

    /**
     * Does the work on the worker's thread. What it throws goes to {@link #abort}; a core lives on.
     */
    void run(Worker worker) throws Exception;

    /**
     * Asked instead of {@link #run}, by any thread, when the work has waited for longer than an
     * overloaded core allows, or threads that are all in use do.
     *
     * @return true if the work has ended itself; false if it must be run all the same
     */
    default boolean giveUp() {
        return false;
    }

    /**
     * Returns whether the work must be run in the order in which it was published, on the core that
     * it was published to.
     */
    default boolean isOrdered() {
        return false;
    }

    /**
     * Returns where the work's route runs. What was published to a core is given to a thread of its
     * own if the route has moved there, or if it may and its core is at a call that waits.
     *
     * @return null if it must run where it was given to
     */
    default @Nullable RoutePlacement placement() {
        return null;
    }

    /**
     * Returns whether the work goes before all other work while a core is overloaded, and has other
     * threads than all other work has: it is asked for to learn how the core does.
     */
    default boolean isEssential() {
        return false;
    }

    /**
     * Ends the work that could not run or failed: called once, instead of a normal end of {@link
     * #run}, on the core's thread or, when the core stopped first or no thread could be had, on the
     * thread that found that out.
     */
    void abort(Throwable cause);

    /**
     * Names the work for the watchdog.
     *
     * @return something that lives as long as the application and whose {@code toString} says what
     *     the work is: a route, never a request
     */
    default Object route() {
        return "work on a core";
    }
}
