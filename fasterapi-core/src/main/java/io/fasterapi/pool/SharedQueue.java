package io.fasterapi.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The idle objects that all threads share: a bounded, lock-free queue, first in, first out. */
final class SharedQueue<T> {

    private final Queue<PoolEntry<T>> entries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger places = new AtomicInteger();
    private final int capacity;

    SharedQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Reserves a place. Returns false if there is none. The caller adds an entry after that. */
    boolean reserve() {
        if (places.incrementAndGet() <= capacity) {
            return true;
        }
        places.decrementAndGet();
        return false;
    }

    /** Adds an entry in a reserved place. */
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

    /** Takes the oldest idle object into use, or returns null if there is none. */
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
