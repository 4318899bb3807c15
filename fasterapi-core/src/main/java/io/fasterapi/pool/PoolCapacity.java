package io.fasterapi.pool;

/**
 * How many idle objects a pool keeps at most. Objects in use do not count: a missing object is
 * made, and one for which there is no room is discarded on its return. Immutable.
 *
 * @param perThread idle objects that each event loop and each handler core keeps for itself, 0 to
 *     1,024
 * @param shared idle objects that all threads share, 0 to 1,048,576
 */
public record PoolCapacity(int perThread, int shared) {

    /** The most idle objects that one thread may keep. */
    public static final int MAX_PER_THREAD = 1024;

    /** The most idle objects that all threads may share. */
    public static final int MAX_SHARED = 1 << 20;

    private static final PoolCapacity DEFAULTS = new PoolCapacity(4, 64);

    public PoolCapacity {
        if (perThread < 0 || perThread > MAX_PER_THREAD) {
            throw new IllegalArgumentException(
                    "perThread: " + perThread + " (expected: 0 to " + MAX_PER_THREAD + ")");
        }
        if (shared < 0 || shared > MAX_SHARED) {
            throw new IllegalArgumentException(
                    "shared: " + shared + " (expected: 0 to " + MAX_SHARED + ")");
        }
    }

    /** Returns the defaults: 4 per thread, 64 shared. */
    public static PoolCapacity defaults() {
        return DEFAULTS;
    }
}
