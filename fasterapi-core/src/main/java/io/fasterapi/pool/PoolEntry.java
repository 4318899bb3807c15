package io.fasterapi.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * One pooled object and its state. All threads share it. The thread that changes the state owns the
 * object.
 */
final class PoolEntry<T> extends WeakReference<T> {

    /*
     * The containers (stacks, the shared queue) only tell where an idle entry may be found. The
     * state decides who gets it, by compare-and-set:
     *
     *     IN_USE --> RETURNING --> IDLE --> IN_USE
     *                    |           |
     *                    +--> GONE <-+
     *
     * An idle object is held strongly. An object in use is held weakly, so that it can be
     * garbage-collected if it is never released; the pool notices that.
     */
    private static final int IN_USE = 0;
    private static final int RETURNING = 1;
    private static final int IDLE = 2;
    private static final int GONE = 3;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(PoolEntry.class, "state", int.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final int hash;

    private volatile int state = IN_USE;

    private @Nullable T kept;

    PoolEntry(T object, ReferenceQueue<? super T> lost) {
        super(object, lost);
        this.hash = System.identityHashCode(object);
    }

    /** Takes the idle object into use, or returns null if another thread has taken it. */
    @Nullable T take() {
        if (!STATE.compareAndSet(this, IDLE, IN_USE)) {
            return null;
        }
        T object = kept;
        kept = null;
        return object;
    }

    /** Begins a return. Returns false if the object is not in use. */
    boolean beginReturn() {
        return STATE.compareAndSet(this, IN_USE, RETURNING);
    }

    /** Ends a return and keeps the object. The store is volatile. */
    void keep(T object) {
        kept = object;
        state = IDLE;
    }

    /** Ends a return and drops the object. */
    void drop() {
        STATE.setRelease(this, GONE);
    }

    /** Takes the idle object out of the pool, or returns null if another thread has taken it. */
    @Nullable T takeForGood() {
        if (!STATE.compareAndSet(this, IDLE, GONE)) {
            return null;
        }
        T object = kept;
        kept = null;
        return object;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    /** A key that finds the entry of an object by identity. One thread owns it. */
    static final class Key {

        private @Nullable Object object;

        Key of(Object sought) {
            object = sought;
            return this;
        }

        void clear() {
            object = null;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            Object sought = object;
            return sought != null && other instanceof PoolEntry<?> entry && entry.holds(sought);
        }
    }

    @SuppressWarnings("unchecked")
    private boolean holds(Object sought) {
        return refersTo((T) sought);
    }
}
