package io.fasterapi.cores;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One pre-allocated place of a ring. Owned by the publisher between claim and publication; then
 * whoever takes the work first has it: the core, or another that found it stalled. Empty from then
 * on, so that the ring keeps no request alive.
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
     * Holds work.
     *
     * @param lostNanos how much time its core has lost so far
     */
    void put(CoreTask work, long nowNanos, long lostNanos) {
        assert task == null : "slot still holds: " + task;
        publishedAtNanos = nowNanos;
        lostBeforeNanos = lostNanos;
        task = work;
    }

    /** Takes the work; null if another core has it. */
    @Nullable CoreTask take() {
        return (CoreTask) TASK.getAndSet(this, null);
    }

    /** Returns what another core may take: nothing that must be run in order. */
    @Nullable CoreTask stealable() {
        CoreTask found = task;
        try {
            return found == null || found.isOrdered() ? null : found;
        } catch (Throwable ex) {
            return null; // its core will find that out, too
        }
    }

    /**
     * Takes that work on behalf of another core; false if it has been taken. If this returns true,
     * what was read of the slot since {@link #stealable} belongs to that work.
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
