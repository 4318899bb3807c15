package io.fasterapi.pool;

/**
 * What a pool counts anyway. Safe to read from any thread at any time; while other threads work,
 * values that belong together may differ by the operations under way.
 */
public interface PoolCounters {

    /** Returns how often an idle object was reused, since the pool was made. */
    long hits();

    /** Returns how often an object was made because none was idle, since the pool was made. */
    long misses();

    /** Returns how many objects are in use now. */
    long inUse();

    /** Returns how many objects wait for their next use now. */
    long idle();

    /**
     * Returns how many objects were given up, since the pool was made: no room, found unfit, or the
     * pool was closed.
     */
    long discarded();

    /**
     * Returns how many objects were collected as garbage without having been released, as far as
     * was noticed. More than 0 is a mistake of the pool's users.
     */
    long lost();
}
