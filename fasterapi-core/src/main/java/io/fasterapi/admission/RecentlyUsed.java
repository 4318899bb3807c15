package io.fasterapi.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map that keeps what is used and forgets what is not: for what is learnt from values
 * that clients choose. Thread-safe; a lookup never waits.
 *
 * @param <K> the keys, which need {@code equals} and {@code hashCode}
 * @param <V> the values
 */
public final class RecentlyUsed<K, V> {

    /*
     * Two generations. What is new, and what is found among the old, goes to the young; when the
     * young one is full it becomes the old one, and what was old is forgotten. So a key is kept as
     * long as no more than half the capacity of other keys come between two uses of it, and a flood
     * of keys that nobody asks for again passes through without pushing out those in use.
     *
     * A hit among the young reads a volatile and a concurrent map. A hit among the old, once for
     * each key and generation, takes the lock if that is free: if not, a later hit will.
     */

    private record Generations<K, V>(Map<K, V> young, Map<K, V> old) {}

    private final int generation;
    private final Lock lock = new ReentrantLock();
    private volatile Generations<K, V> generations;

    /**
     * Makes an empty one.
     *
     * @param capacity how many entries are kept at most, at least two
     * @throws IllegalArgumentException if the capacity is less than two
     */
    public RecentlyUsed(int capacity) {
        if (capacity < 2) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: >= 2)");
        }
        generation = capacity / 2;
        generations = new Generations<>(new ConcurrentHashMap<>(), Map.of());
    }

    /** Returns the value of a key, or null if there is none or it was forgotten. */
    public @Nullable V get(K key) {
        Generations<K, V> now = generations;
        V value = now.young.get(key);
        if (value == null) {
            value = now.old.get(key);
            if (value != null) {
                promote(key);
            }
        }
        return value;
    }

    private void promote(K key) {
        if (lock.tryLock()) {
            try {
                V value = generations.young.containsKey(key) ? null : generations.old.get(key);
                if (value != null) {
                    add(key, value);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Sets the value of a key; the entries used longest ago may be forgotten for it. */
    public void put(K key, V value) {
        lock.lock();
        try {
            add(key, value);
        } finally {
            lock.unlock();
        }
    }

    private void add(K key, V value) {
        Map<K, V> young = generations.young;
        if (young.size() >= generation && !young.containsKey(key)) {
            Map<K, V> next = new ConcurrentHashMap<>();
            next.put(key, value);
            generations = new Generations<>(next, young);
        } else {
            young.put(key, value);
        }
    }

    /** Returns how many entries are kept; those that are in both generations count twice. */
    int size() {
        Generations<K, V> now = generations;
        return now.young.size() + now.old.size();
    }
}
