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

    /** Threads of essential routes, at most: a health check that blocks is not called often. */
    private static final int ESSENTIAL_MOST = 20;

    public ThreadOptions {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " (expected: >= 1)");
        }
        if (waiting < 1) {
            throw new IllegalArgumentException("waiting: " + waiting + " (expected: >= 1)");
        }
    }

    /** Returns the same for what is never given up: a few threads. */
    ThreadOptions ofEssential() {
        return new ThreadOptions(Math.min(most, ESSENTIAL_MOST), waiting, WaitLimits.none());
    }
}
