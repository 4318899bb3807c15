package io.fasterapi.bench.openloop;

/**
 * Intended times of requests that wait for a connection, oldest first, in bounded memory. Owned by
 * one event loop.
 */
final class WaitingTimes {

    private final long[] times;
    private int head;
    private int size;

    WaitingTimes(int capacity) {
        times = new long[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a time, or returns false if there is no room. */
    boolean offer(long time) {
        if (size == times.length) {
            return false;
        }
        int tail = head + size - times.length;
        times[tail < 0 ? tail + times.length : tail] = time;
        size++;
        return true;
    }

    /** The oldest time; there must be one. */
    long peek() {
        assert size > 0 : "size: 0 (expected: more)";
        return times[head];
    }

    /** Takes the oldest time; there must be one. */
    long poll() {
        long time = peek();
        head = head + 1 == times.length ? 0 : head + 1;
        size--;
        return time;
    }
}
