package io.fasterapi.cores;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What waits on an overloaded core, out of its ring, so that the newest can be run first: the
 * oldest will be given up anyway. Owned by the core's thread, its size read by any.
 */
final class Backlog {

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private volatile int size;
    private volatile long oldestAtNanos;

    /**
     * Work out of the ring.
     *
     * @param task the work
     * @param publishedAtNanos since when it waits
     */
    record Waiting(CoreTask task, long publishedAtNanos) {}

    void add(CoreTask task, long publishedAtNanos) {
        waiting.addLast(new Waiting(task, publishedAtNanos));
        changed();
    }

    @Nullable Waiting takeNewest() {
        Waiting newest = waiting.pollLast();
        changed();
        return newest;
    }

    /** Returns the oldest, which stays. */
    @Nullable Waiting oldest() {
        return waiting.peekFirst();
    }

    @Nullable Waiting takeOldest() {
        Waiting oldest = waiting.pollFirst();
        changed();
        return oldest;
    }

    private void changed() {
        Waiting oldest = waiting.peekFirst();
        if (oldest != null) {
            oldestAtNanos = oldest.publishedAtNanos();
        }
        size = waiting.size();
    }

    /** Returns since when the oldest waits; something earlier if nothing does. Any thread. */
    long oldestAtNanos() {
        return oldestAtNanos;
    }

    int size() {
        return size;
    }
}
