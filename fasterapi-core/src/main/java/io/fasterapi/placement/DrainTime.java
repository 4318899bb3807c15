package io.fasterapi.placement;

import java.util.List;

/** How long a queue takes until the items that wait now are done. Thread-safe; never waits. */
@FunctionalInterface
public interface DrainTime {

    /** The answer while nothing is known: one second. */
    long UNKNOWN_NANOS = 1_000_000_000;

    /** Returns the best estimate in nanoseconds. */
    long nanos();

    /** Returns the longest of several drain times. */
    static DrainTime ofLongest(List<DrainTime> each) {
        return () -> each.stream().mapToLong(DrainTime::nanos).max().orElse(UNKNOWN_NANOS);
    }
}
