package io.fasterapi.cores;

/** Work that crosses a ring. Owned by the publisher until accepted, by the worker from then on. */
public interface CoreTask {

    /**
     * Does the work on the worker's thread. What it throws goes to {@link #abort}; a core lives on.
     */
    void run(Worker worker) throws Exception;

    /**
     * Ends the work that could not run or failed: called once, instead of a normal end of {@link
     * #run}, on the core's thread or, when the core stopped first, on the thread that stopped it.
     */
    void abort(Throwable cause);
}
