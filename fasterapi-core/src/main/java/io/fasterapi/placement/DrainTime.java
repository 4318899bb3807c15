package io.fasterapi.placement;

/** How long it takes until what waits in a queue is done with. Thread-safe; waits for nothing. */
@FunctionalInterface
public interface DrainTime {

    /** What is said while nothing is known: a second. */
    long UNKNOWN_NANOS = 1_000_000_000;

    /** Returns the time, in nanoseconds, as far as it is known. */
    long nanos();
}
