package io.fasterapi.placement;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A few numbers for each thread, on cache lines that hold nothing else, and as many for all of
 * them. Thread-safe.
 */
final class Stripes extends AtomicLongArray {

    /*
     * A stripe is a few numbers and 128 bytes of padding: CPUs fetch two lines of 64 bytes at a
     * time. The first stripe is padding, the second one is for all threads, the others are the
     * threads'. There are two for each CPU, which has an event loop and a core. These are Netty's
     * threads and get stripes in turn, when they ask for the first time; other threads, among them
     * virtual ones, have the stripe of their id. So two threads may have the same stripe: it is
     * changed by atomic operations, which cost little as long as no other thread has its line.
     */
    static final int NUMBERS = 3;

    /** A thread's permits that are not in use. */
    static final int KEPT = 0;

    /** How many permits a thread has given back after use. */
    static final int USED = 1;

    /** Calls that a thread has not added to the window of an automatic placement. */
    static final int CALLS = 2;

    private static final int PADDING = 128 / Long.BYTES;
    private static final int SIZE = NUMBERS + PADDING;

    /** Where the numbers for all threads begin. */
    static final int SHARED = SIZE;

    private static final int COUNT =
            2 * Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1);

    private static final AtomicInteger THREADS = new AtomicInteger();

    private static final FastThreadLocal<Integer> INDEXES =
            new FastThreadLocal<>() {
                @Override
                protected Integer initialValue() {
                    return THREADS.getAndIncrement();
                }
            };

    private static final long serialVersionUID = 1L;

    private final int count;

    Stripes() {
        this(COUNT);
    }

    /**
     * Creates stripes at zero.
     *
     * @param count how many threads get one of their own: a power of two
     */
    Stripes(int count) {
        super((count + 3) * SIZE);
        this.count = count;
    }

    /** Returns how many stripes of threads there are. */
    int count() {
        return count;
    }

    /** Returns where the numbers of the calling thread begin. */
    int own() {
        Thread thread = Thread.currentThread();
        long index = thread instanceof FastThreadLocalThread ? INDEXES.get() : thread.getId();
        return at((int) index & count - 1);
    }

    /** Returns where the numbers of a stripe begin. */
    int at(int stripe) {
        return (stripe + 2) * SIZE;
    }

    /** Returns the sum of a number over all threads; while it changes, nearly. */
    long sum(int offset) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += get(at(i) + offset);
        }
        return sum;
    }

    /** Sets a number to zero for all threads. */
    void clear(int offset) {
        for (int i = 0; i < count; i++) {
            set(at(i) + offset, 0);
        }
    }
}
