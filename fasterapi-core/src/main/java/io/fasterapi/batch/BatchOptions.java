package io.fasterapi.batch;

import io.fasterapi.placement.Placement;
import java.time.Duration;

/**
 * How items become batches. Immutable.
 *
 * @param maxSize the most items of one batch
 * @param maxWait how long an item may wait for others while nothing else keeps it waiting; with
 *     zero a batch is what has queued while the previous one was under way
 * @param maxQueue the most items that may wait, in all groups together; more are refused
 * @param concurrency how many batches of one group may be under way at a time
 * @param idempotent whether the items of a batch that failed as a whole are tried once more, one by
 *     one
 * @param placement CORE, or VIRTUAL for functions that block
 */
public record BatchOptions(
        int maxSize,
        Duration maxWait,
        int maxQueue,
        int concurrency,
        boolean idempotent,
        Placement placement) {

    public BatchOptions {
        atLeastOne("maxSize", maxSize);
        atLeastOne("maxQueue", maxQueue);
        atLeastOne("concurrency", concurrency);
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("maxWait: " + maxWait + " (expected: >= 0)");
        }
        if (placement != Placement.CORE && placement != Placement.VIRTUAL) {
            throw new IllegalArgumentException(
                    "placement: " + placement.label() + " (expected: core or virtual)");
        }
    }

    /** Returns batches of 100 items at most, no waiting, a queue of 1,024, one at a time. */
    public static BatchOptions defaults() {
        return new BatchOptions(100, Duration.ZERO, 1024, 1, false, Placement.CORE);
    }

    /** Returns these options with another size. */
    public BatchOptions withMaxSize(int items) {
        return new BatchOptions(items, maxWait, maxQueue, concurrency, idempotent, placement);
    }

    /** Returns these options with another time that an item waits for others. */
    public BatchOptions withMaxWait(Duration wait) {
        return new BatchOptions(maxSize, wait, maxQueue, concurrency, idempotent, placement);
    }

    /** Returns these options with another bound of the queue. */
    public BatchOptions withMaxQueue(int items) {
        return new BatchOptions(maxSize, maxWait, items, concurrency, idempotent, placement);
    }

    /** Returns these options with another number of batches at a time. */
    public BatchOptions withConcurrency(int batches) {
        return new BatchOptions(maxSize, maxWait, maxQueue, batches, idempotent, placement);
    }

    /** Returns these options for a function that may be called again for the same item. */
    public BatchOptions withIdempotent(boolean repeatable) {
        return new BatchOptions(maxSize, maxWait, maxQueue, concurrency, repeatable, placement);
    }

    /** Returns these options with another kind of thread. */
    public BatchOptions withPlacement(Placement kind) {
        return new BatchOptions(maxSize, maxWait, maxQueue, concurrency, idempotent, kind);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
