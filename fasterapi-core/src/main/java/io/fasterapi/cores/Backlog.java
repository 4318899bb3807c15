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
     * @param atNanos since when it waits
     * @param lostBeforeNanos how much time its core had lost by then
     */
    record Waiting(CoreTask task, long atNanos, long lostBeforeNanos) {}

    void add(CoreTask task, long atNanos, long lostBeforeNanos) {
        waiting.addLast(new Waiting(task, atNanos, lostBeforeNanos));
        changed();
    }

    /** Returns the oldest, which stays. */
    @Nullable Waiting oldest() {
        return waiting.peekFirst();
    }

    /** Takes the oldest; there must be one. */
    Waiting takeOldest() {
        Waiting oldest = waiting.removeFirst();
        changed();
        return oldest;
    }

    /** Takes the newest; there must be one. */
    Waiting takeNewest() {
        Waiting newest = waiting.removeLast();
        changed();
        return newest;
    }

    private void changed() {
        Waiting oldest = waiting.peekFirst();
        if (oldest != null) {
            oldestAtNanos = oldest.atNanos();
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
