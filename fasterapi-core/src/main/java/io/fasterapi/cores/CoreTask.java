package io.fasterapi.cores;

/** Work that crosses a ring. Owned by the publisher until accepted, by the core from then on. */
public interface CoreTask {

    /**
     * Does the work on the core's thread. What it throws goes to {@link #abort}; the core lives on.
     */
    void run(HandlerCore core) throws Exception;

    /**
     * Ends the work that could not run or failed: called once, instead of a normal end of {@link
     * #run}, on the core's thread or, when the core stopped first, on the thread that stopped it.
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
