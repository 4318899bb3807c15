package io.fasterapi.batch;

import io.fasterapi.placement.Placement;
import java.time.Duration;

/**
 * How a batcher forms its batches. Immutable.
 *
 * @param maxSize the most items of one batch, at least 1
 * @param maxWait how long an item may wait for others while a batch could begin; with zero a batch
 *     holds the items that queued while the previous one was under way
 * @param maxQueue the most items that may wait, over all groups, at least 1; the next one is
 *     refused
 * @param concurrency how many batches of one group may be under way at a time, at least 1
 * @param idempotent whether the items of a failed batch are tried once more, one by one
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

    /**
     * Returns the defaults: at most 100 items per batch, no waiting for others, a queue of 1,024
     * items, one batch at a time, on a core, no second try.
     */
    public static BatchOptions defaults() {
        return new BatchOptions(100, Duration.ZERO, 1024, 1, false, Placement.CORE);
    }

    /** Returns these options with another largest batch. */
    public BatchOptions withMaxSize(int items) {
        return new BatchOptions(items, maxWait, maxQueue, concurrency, idempotent, placement);
    }

    /** Returns these options with another time that an item may wait for others. */
    public BatchOptions withMaxWait(Duration wait) {
        return new BatchOptions(maxSize, wait, maxQueue, concurrency, idempotent, placement);
    }

    /** Returns these options with another length of the queue. */
    public BatchOptions withMaxQueue(int items) {
        return new BatchOptions(maxSize, maxWait, items, concurrency, idempotent, placement);
    }

    /** Returns these options with another number of batches at a time. */
    public BatchOptions withConcurrency(int batches) {
        return new BatchOptions(maxSize, maxWait, maxQueue, batches, idempotent, placement);
    }

    /**
     * Returns these options with the second try on or off. Switch it on only for a function that
     * may be called again for the same item.
     */
    public BatchOptions withIdempotent(boolean repeatable) {
        return new BatchOptions(maxSize, maxWait, maxQueue, concurrency, repeatable, placement);
    }

    /** Returns these options with another placement. */
    public BatchOptions withPlacement(Placement kind) {
        return new BatchOptions(maxSize, maxWait, maxQueue, concurrency, idempotent, kind);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
