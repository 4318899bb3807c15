package io.fasterapi.cores;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One preallocated slot of a ring. The publisher owns it between claim and publication. After that
 * the first thread to take its task owns the task: the core, or another thread that found the core
 * stalled. A taken slot is empty, so the ring keeps no request alive.
 */
final class Slot {

    private static final VarHandle TASK;

    static {
        try {
            TASK = MethodHandles.lookup().findVarHandle(Slot.class, "task", CoreTask.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private volatile @Nullable CoreTask task;
    private long publishedAtNanos;
    private long lostBeforeNanos;

    /**
     * Stores work.
     *
     * @param lostNanos how much time the core has lost so far
     */
    void put(CoreTask work, long nowNanos, long lostNanos) {
        assert task == null : "slot still holds: " + task;
        publishedAtNanos = nowNanos;
        lostBeforeNanos = lostNanos;
        task = work;
    }

    /** Takes the work, or returns null if another thread has taken it. */
    @Nullable CoreTask take() {
        return (CoreTask) TASK.getAndSet(this, null);
    }

    /** Returns the work if another thread may take it. Ordered work stays with its core. */
    @Nullable CoreTask stealable() {
        CoreTask found = task;
        try {
            return found == null || found.isOrdered() ? null : found;
        } catch (Throwable ex) {
            return null; // the core will meet this failure, too
        }
    }

    /**
     * Takes that work for another thread. Returns false if it was taken before. If true, everything
     * read from the slot since {@link #stealable} belongs to that work.
     */
    boolean steal(CoreTask found) {
        return TASK.compareAndSet(this, found, null);
    }

    boolean isTaken() {
        return task == null;
    }

    long publishedAtNanos() {
        return publishedAtNanos;
    }

    long lostBeforeNanos() {
        return lostBeforeNanos;
    }
}
