package io.fasterapi.cores;

/**
 * How many threads may be in use at once, and what may wait for one.
 *
 * @param most the most threads, at least 1
 * @param waiting the most exchanges that may wait for one, at least 1
 * @param waits how long they may wait
 */
public record ThreadOptions(int most, int waiting, WaitLimits waits) {

    /** Threads unless configured: as many as an application on Tomcat has by default. */
    public static final int DEFAULT_MOST = 200;

    public ThreadOptions {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " (expected: >= 1)");
        }
        if (waiting < 1) {
            throw new IllegalArgumentException("waiting: " + waiting + " (expected: >= 1)");
        }
    }

    /** Returns the defaults, without a limit on how long anything may wait. */
    public static ThreadOptions defaults() {
        return new ThreadOptions(DEFAULT_MOST, CoreOptions.DEFAULT_RING_SIZE, WaitLimits.none());
    }

    /** Returns the same for what is never given up. */
    ThreadOptions unlimitedWait() {
        return new ThreadOptions(most, waiting, WaitLimits.none());
    }
}
