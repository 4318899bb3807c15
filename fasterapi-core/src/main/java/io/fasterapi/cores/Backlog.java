package io.fasterapi.cores;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What waits on an overloaded core: the newest is run first, since the oldest will be given up
 * anyway. Owned by the core's thread, its size read by any.
 */
final class Backlog {

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private volatile int size;

    /**
     * Work out of the ring.
     *
     * @param task the work
     * @param publishedAtNanos since when it waits
     */
    record Waiting(CoreTask task, long publishedAtNanos) {}

    void add(CoreTask task, long publishedAtNanos) {
        waiting.addLast(new Waiting(task, publishedAtNanos));
        size = waiting.size();
    }

    @Nullable Waiting takeNewest() {
        Waiting newest = waiting.pollLast();
        size = waiting.size();
        return newest;
    }

    /** Returns the oldest, which stays. */
    @Nullable Waiting oldest() {
        return waiting.peekFirst();
    }

    void removeOldest() {
        waiting.pollFirst();
        size = waiting.size();
    }

    int size() {
        return size;
    }
}
