package io.fasterapi.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The idle objects that all threads share: bounded, first in, first out, without a lock. */
final class SharedQueue<T> {

    private final Queue<PoolEntry<T>> entries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger places = new AtomicInteger();
    private final int capacity;

    SharedQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Takes a place; false if there is none. Whoever has one adds an entry. */
    boolean reserve() {
        if (places.incrementAndGet() <= capacity) {
            return true;
        }
        places.decrementAndGet();
        return false;
    }

    /** Puts an entry into a place that was reserved. */
    void add(PoolEntry<T> entry) {
        entries.add(entry);
    }

    @Nullable PoolEntry<T> poll() {
        PoolEntry<T> entry = entries.poll();
        if (entry != null) {
            places.decrementAndGet();
        }
        return entry;
    }

    /** Returns the object that came first and is now in use, or null if there is none. */
    @Nullable T take() {
        PoolEntry<T> entry = poll();
        while (entry != null) {
            T object = entry.take();
            if (object != null) {
                return object;
            }
            entry = poll();
        }
        return null;
    }
}
