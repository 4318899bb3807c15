package io.fasterapi.watchdog;

import java.time.Duration;

/**
 * How long one call may hold a thread. Immutable.
 *
 * @param loopStall limit for an event loop, from 4 ms to 1 h
 * @param coreStall limit for a handler core, from 4 ms to 1 h
 */
public record WatchdogOptions(Duration loopStall, Duration coreStall) {

    /** The shortest limit. It means one look per millisecond. */
    public static final Duration SHORTEST = Duration.ofMillis(4);

    /** The longest limit. */
    public static final Duration LONGEST = Duration.ofHours(1);

    private static final int LOOKS_PER_LIMIT = 4;

    public WatchdogOptions {
        check("loopStall", loopStall);
        check("coreStall", coreStall);
    }

    private static void check(String name, Duration limit) {
        if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + limit + " (expected: from " + SHORTEST + " to " + LONGEST + ")");
        }
    }

    /** Returns the defaults: 20 ms for event loops, 1 s for cores. */
    public static WatchdogOptions defaults() {
        return new WatchdogOptions(Duration.ofMillis(20), Duration.ofSeconds(1));
    }

    /** Returns the nanoseconds between two looks: a quarter of the shorter limit. */
    long lookNanos() {
        return Math.min(loopStall.toNanos(), coreStall.toNanos()) / LOOKS_PER_LIMIT;
    }
}
