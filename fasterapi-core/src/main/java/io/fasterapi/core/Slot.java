package io.fasterapi.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One preallocated slot of a ring. The publisher owns it between claim and publication. After that
 * the first thread to take its task owns the task: the core, or another thread that found the core
 * stalled. The core alone empties a slot, so the ring keeps no request alive.
 */
final class Slot extends SlotFields {

    /*
     * The task says what a slot is: null before the publication, TAKEN if another thread has taken
     * the work, else the work. The core changes each of the last two back to null when it passes
     * the slot. The publisher stores the task last, with release; whoever reads it sees the times.
     *
     * A publisher writes one slot while the core empties the one before it, and another publisher
     * fills the one behind it. The padding keeps these three on different cache lines; CPUs fetch
     * two lines of 64 bytes at a time.
     */
    private static final VarHandle TASK;

    private static final CoreTask TAKEN = new Taken();

    static {
        try {
            TASK = MethodHandles.lookup().findVarHandle(SlotFields.class, "task", CoreTask.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    long after1;
    long after2;
    long after3;
    long after4;
    long after5;
    long after6;
    long after7;
    long after8;
    long after9;
    long after10;
    long after11;
    long after12;
    long after13;
    long after14;
    long after15;

    /**
     * Publishes work.
     *
     * @param lostNanos how much time the core has lost so far
     */
    void put(CoreTask work, long nowNanos, long lostNanos) {
        assert task == null : "slot still holds: " + task;
        publishedAtNanos = nowNanos;
        lostBeforeNanos = lostNanos;
        TASK.setRelease(this, work);
    }

    /** Publishes nothing: the core skips the slot. */
    void putNothing() {
        TASK.setRelease(this, TAKEN);
    }

    /** Returns whether the slot is published and the core has not passed it. */
    boolean isPublished() {
        return TASK.getAcquire(this) != null;
    }

    /** Empties the slot. Returns null if another thread has taken the work. The core only. */
    @Nullable CoreTask take() {
        CoreTask found = (CoreTask) TASK.getAndSet(this, null);
        return found == TAKEN ? null : found;
    }

    /** Returns the work if another thread may take it. Ordered work stays with its core. */
    @Nullable CoreTask stealable() {
        CoreTask found = task;
        try {
            return found == null || found == TAKEN || found.isOrdered() ? null : found;
        } catch (Throwable ex) {
            return null; // the core will meet this failure, too
        }
    }

    /**
     * Takes that work for another thread. Returns false if it was taken before. If true, everything
     * read from the slot since {@link #stealable} belongs to that work.
     */
    boolean steal(CoreTask found) {
        return TASK.compareAndSet(this, found, TAKEN);
    }

    /** Returns whether work waits here that nobody has taken. */
    boolean isWaiting() {
        CoreTask found = task;
        return found != null && found != TAKEN;
    }

    long publishedAtNanos() {
        return publishedAtNanos;
    }

    long lostBeforeNanos() {
        return lostBeforeNanos;
    }

    /** Stands for work that another thread has taken. Nobody calls it. */
    private static final class Taken implements CoreTask {

        @Override
        public void run(Worker worker) {
            throw new IllegalStateException();
        }

        @Override
        public void abort(Throwable cause) {
            throw new IllegalStateException(cause);
        }
    }
}
