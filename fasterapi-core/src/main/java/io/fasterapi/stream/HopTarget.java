package io.fasterapi.stream;

/** Where the continuations of something run, as seen from the event loop that it came from. */
public interface HopTarget {

    /** Runs a continuation on the worker: at once if the caller is there already. */
    void execute(Runnable continuation);

    /** Asks a source on the event loop for something, in the order in which an event loop would. */
    void ask(Runnable action);
}
