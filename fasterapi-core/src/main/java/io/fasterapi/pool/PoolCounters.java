package io.fasterapi.pool;

/**
 * The counters of a pool. Any thread may read them at any time. While other threads work, related
 * values may differ by the operations under way.
 */
public interface PoolCounters {

    /** Returns how often an idle object was reused. */
    long hits();

    /** Returns how often an object was made because none was idle. */
    long misses();

    /** Returns how many objects are in use now. */
    long inUse();

    /** Returns how many objects are idle now. */
    long idle();

    /**
     * Returns how many objects were discarded: there was no room, the validation failed, or the
     * pool was closed.
     */
    long discarded();

    /**
     * Returns how many objects were garbage-collected without a release, as far as noticed. More
     * than 0 means that a user of the pool forgets to release.
     */
    long lost();
}
