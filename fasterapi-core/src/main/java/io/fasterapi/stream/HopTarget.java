package io.fasterapi.stream;

/** The worker on which the continuations of an exchange run, as seen from its event loop. */
public interface HopTarget {

    /** Runs a continuation on the worker, at once if the caller is there already. */
    void execute(Runnable continuation);

    /** Runs a request to a source on the event loop, in the order in which an event loop would. */
    void ask(Runnable action);
}
