package io.fasterapi.pool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The idle objects of one thread and that thread's counters. Only its thread changes it. Any thread
 * may read the counters, and a closing pool reads the entries.
 */
final class LocalStack<T> {

    private static final VarHandle ENTRIES = MethodHandles.arrayElementVarHandle(PoolEntry[].class);
    private static final VarHandle HITS = handle("hits");
    private static final VarHandle RETURNS = handle("returns");

    /** The reusable key with which this thread finds the entries of objects that it releases. */
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

    /** Returns the last entry, or null if there is none. */
    @Nullable PoolEntry<T> pop() {
        assert owner == Thread.currentThread() : "stack of " + owner + ": popped by another thread";
        if (size == 0) {
            return null;
        }
        PoolEntry<T> entry = entries[--size];
        ENTRIES.setOpaque(entries, size, null);
        return entry;
    }

    /** Takes the last idle object into use, or returns null if there is none. */
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

    /** Adds an entry. Returns false if there is no room. */
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

    /** Returns the entry at an index below the capacity, or null. Any thread. */
    @SuppressWarnings("unchecked")
    @Nullable PoolEntry<T> peek(int place) {
        return (PoolEntry<T>) ENTRIES.getAcquire(entries, place);
    }
}
