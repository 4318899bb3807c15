package io.fasterapi.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * One pooled object and its state. Shared by all threads; whoever moves the state owns the object.
 */
final class PoolEntry<T> extends WeakReference<T> {

    /*
     * The containers (stacks, the shared queue) only say where an idle entry may be found. Who gets
     * it is decided here, by compare-and-set:
     *
     *     IN_USE --> RETURNING --> IDLE --> IN_USE
     *                    |           |
     *                    +--> GONE <-+
     *
     * The object is held strongly while it is idle and weakly while it is in use, so that one which
     * is never released can be collected, and is then noticed by the pool.
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

    /** Takes the idle object, or returns null if another thread has taken it. */
    @Nullable T take() {
        if (!STATE.compareAndSet(this, IDLE, IN_USE)) {
            return null;
        }
        T object = kept;
        kept = null;
        return object;
    }

    /** Begins a return; false if the object is not in use. */
    boolean beginReturn() {
        return STATE.compareAndSet(this, IN_USE, RETURNING);
    }

    /** Ends a return that keeps the object, by a volatile store. */
    void keep(T object) {
        kept = object;
        state = IDLE;
    }

    /** Ends a return that does not keep the object. */
    void drop() {
        STATE.setRelease(this, GONE);
    }

    /** Takes the idle object for good, or returns null if another thread has taken it. */
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

    /** A key that finds the entry of an object by the object's identity. Owned by one thread. */
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
