package io.fasterapi.core;

/**
 * The options of handler cores. Immutable.
 *
 * @param count number of cores, at least 1
 * @param ringSize slots of each ring, a power of two from 2 to 1,048,576
 * @param waitMode how a core waits for work
 * @param pinned whether each core's thread is pinned to a CPU; needs {@code net.openhft:affinity}
 * @param threadName prefix of the threads' names, followed by the core's index
 * @param queueTimeLimit how long work may wait in a ring
 */
public record CoreOptions(
        int count,
        int ringSize,
        WaitMode waitMode,
        boolean pinned,
        String threadName,
        QueueTimeLimit queueTimeLimit) {

    /** The default ring size. At 4,096 requests per second it holds one second of work. */
    public static final int DEFAULT_RING_SIZE = 4096;

    private static final int MAX_RING_SIZE = 1 << 20;

    public CoreOptions {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + " (expected: >= 1)");
        }
        if (ringSize < 2 || ringSize > MAX_RING_SIZE || Integer.bitCount(ringSize) != 1) {
            throw new IllegalArgumentException(
                    "ringSize: " + ringSize + " (expected: a power of two from 2 to 1048576)");
        }
    }

    /** Creates options that do not limit how long work may wait. */
    public CoreOptions(
            int count, int ringSize, WaitMode waitMode, boolean pinned, String threadName) {
        this(count, ringSize, waitMode, pinned, threadName, QueueTimeLimit.none());
    }

    /** Returns the defaults: one core per available CPU, PARK, not pinned. */
    public static CoreOptions defaults() {
        return new CoreOptions(
                Runtime.getRuntime().availableProcessors(),
                DEFAULT_RING_SIZE,
                WaitMode.PARK,
                false,
                "fasterapi-core-");
    }
}
