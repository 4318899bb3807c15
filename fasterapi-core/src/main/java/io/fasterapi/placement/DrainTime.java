package io.fasterapi.placement;

import java.util.List;

/** How long it takes until what waits in a queue is done with. Thread-safe; waits for nothing. */
@FunctionalInterface
public interface DrainTime {

    /** What is said while nothing is known: a second. */
    long UNKNOWN_NANOS = 1_000_000_000;

    /** Returns the time, in nanoseconds, as far as it is known. */
    long nanos();

    /** Returns the time of the queue that takes longest of several. */
    static DrainTime ofLongest(List<DrainTime> each) {
        return () -> each.stream().mapToLong(DrainTime::nanos).max().orElse(UNKNOWN_NANOS);
    }
}
