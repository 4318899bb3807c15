package io.fasterapi.core;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The backlog, last in first out under overload: work that an overloaded core has moved out of its
 * ring, so that the newest can run first. The core's thread owns it; any thread may read its size.
 */
final class LifoBacklog {

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private volatile int size;
    private volatile long oldestAtNanos;

    /**
     * One task of the backlog.
     *
     * @param task the work
     * @param atNanos the time from which it has waited
     * @param lostBeforeNanos how much time its core had lost by then
     */
    record Waiting(CoreTask task, long atNanos, long lostBeforeNanos) {}

    void add(CoreTask task, long atNanos, long lostBeforeNanos) {
        waiting.addLast(new Waiting(task, atNanos, lostBeforeNanos));
        changed();
    }

    /** Returns the oldest task without removing it. */
    @Nullable Waiting oldest() {
        return waiting.peekFirst();
    }

    /** Removes the oldest task. The backlog must not be empty. */
    Waiting takeOldest() {
        Waiting oldest = waiting.removeFirst();
        changed();
        return oldest;
    }

    /** Removes the newest task. The backlog must not be empty. */
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

    /**
     * Returns from when the oldest task has waited, or an earlier time if there is none. Any
     * thread.
     */
    long oldestAtNanos() {
        return oldestAtNanos;
    }

    int size() {
        return size;
    }
}
