package io.fasterapi.watch;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What is counted of the stalls of one thread, by its name. Written by the watchdog's thread, read
 * by any; goes on counting if the thread is replaced by another of its name.
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

    /** Stalls, each counted once, when it was found. */
    public long stalls() {
        return stalls;
    }

    /** Stalls that have ended. */
    public long ended() {
        return ended;
    }

    /** Nanoseconds that the ended stalls took, in all. */
    public long endedNanos() {
        return endedNanos;
    }

    /** The longest stall that ended since the last call of this method, in nanoseconds. */
    public long takeLongestNanos() {
        return longest.getAndSet(0);
    }

    /**
     * How long the thread has been at its present call, or has not come round, in nanoseconds, as
     * of the last look; zero if it is at nothing.
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
