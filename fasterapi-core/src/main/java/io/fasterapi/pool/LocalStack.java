package io.fasterapi.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The idle objects of one thread, and what that thread has counted. Changed by its thread alone;
 * its counts may be read by any, and a closing pool reads its entries.
 */
final class LocalStack<T> {

    private static final VarHandle ENTRIES = MethodHandles.arrayElementVarHandle(PoolEntry[].class);
    private static final VarHandle HITS = handle("hits");
    private static final VarHandle RETURNS = handle("returns");

    /** Finds the entries of objects that this thread releases. */
    final PoolEntry.Key key = new PoolEntry.Key();

    private final Thread owner = Thread.currentThread();
    private final PoolEntry<T>[] entries;
    private int size;
    private long hits;
    private long returns;

    @SuppressWarnings({"unchecked", "rawtypes"})
    LocalStack(int capacity) {
        this.entries = new PoolEntry[capacity];
    }

    private static VarHandle handle(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(LocalStack.class, name, long.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    /** Returns the entry that came last, or null if there is none. */
    @Nullable PoolEntry<T> pop() {
        assert owner == Thread.currentThread() : "stack of " + owner + ": popped by another thread";
        if (size == 0) {
            return null;
        }
        PoolEntry<T> entry = entries[--size];
        ENTRIES.setOpaque(entries, size, null);
        return entry;
    }

    /** Returns the object that came last and is now in use, or null if there is none. */
    @Nullable T take() {
        PoolEntry<T> entry = pop();
        while (entry != null) {
            T object = entry.take();
            if (object != null) {
                return object;
            }
            entry = pop();
        }
        return null;
    }

    /** Adds an entry; false if there is no room. */
    boolean push(PoolEntry<T> entry) {
        assert owner == Thread.currentThread() : "stack of " + owner + ": pushed by another thread";
        if (size == entries.length) {
            return false;
        }
        ENTRIES.setRelease(entries, size++, entry);
        return true;
    }

    void hit() {
        HITS.setOpaque(this, hits + 1);
    }

    void returned() {
        RETURNS.setOpaque(this, returns + 1);
    }

    long hits() {
        return (long) HITS.getOpaque(this);
    }

    long returns() {
        return (long) RETURNS.getOpaque(this);
    }

    int capacity() {
        return entries.length;
    }

    /** Returns what any thread finds at a place, below the capacity; null if that is nothing. */
    @SuppressWarnings("unchecked")
    @Nullable PoolEntry<T> peek(int place) {
        return (PoolEntry<T>) ENTRIES.getAcquire(entries, place);
    }
}
