package io.fasterapi.core;

/**
 * How many threads may be in use and how many exchanges may wait for one. Immutable.
 *
 * @param most the most threads, at least 1
 * @param waiting the most exchanges that may wait, at least 1
 * @param queueTimeLimit how long they may wait
 */
public record ThreadOptions(int most, int waiting, QueueTimeLimit queueTimeLimit) {

    /** The default number of threads, the same as Tomcat's. */
    public static final int DEFAULT_MOST = 200;

    /** The most threads of essential routes. Health checks are called rarely. */
    private static final int ESSENTIAL_MOST = 20;

    public ThreadOptions {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " (expected: >= 1)");
        }
        if (waiting < 1) {
            throw new IllegalArgumentException("waiting: " + waiting + " (expected: >= 1)");
        }
    }

    /** Returns the options for essential routes: few threads, and nothing is given up. */
    ThreadOptions ofEssential() {
        return new ThreadOptions(Math.min(most, ESSENTIAL_MOST), waiting, QueueTimeLimit.none());
    }
}
