package io.fasterapi.watchdog;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The stall counters of one thread name. The watchdog's thread writes them; any thread may read
 * them. They continue when a new thread of the same name takes over.
 */
public final class StallCounters {

    private final String thread;
    private final AtomicLong longest = new AtomicLong();
    private volatile long stalls;
    private volatile long ended;
    private volatile long endedNanos;
    private volatile long runningNanos;

    StallCounters(String thread) {
        this.thread = thread;
    }

    /** Returns the thread's name. */
    public String thread() {
        return thread;
    }

    /** Returns how many stalls were found. */
    public long stalls() {
        return stalls;
    }

    /** Returns how many of them have ended. */
    public long ended() {
        return ended;
    }

    /** Returns how many nanoseconds the ended stalls took, in total. */
    public long endedNanos() {
        return endedNanos;
    }

    /** Returns the longest stall that ended since the last call of this method, in nanoseconds. */
    public long takeLongestNanos() {
        return longest.getAndSet(0);
    }

    /**
     * Returns how many nanoseconds the thread has been in its present call, or has not returned to
     * its loop, as of the last look. Zero if it does nothing.
     */
    public long runningNanos() {
        return runningNanos;
    }

    void stalled() {
        stalls++;
    }

    void ended(long nanos) {
        ended++;
        endedNanos += nanos;
        longest.accumulateAndGet(nanos, Math::max);
    }

    void running(long nanos) {
        if (runningNanos != nanos) {
            runningNanos = nanos;
        }
    }
}
