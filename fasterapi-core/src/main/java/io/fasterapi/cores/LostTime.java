package io.fasterapi.cores;

import io.fasterapi.watch.ReadyTime;
import java.util.function.LongSupplier;

/**
 * How much time a core has lost through no fault of its work: its thread was ready to run but had
 * no CPU, or the JVM paused. Read by any thread, everything else by the core's.
 */
final class LostTime {

    /*
     * Two measures of nearly the same, each of which misses something: Linux counts the time that a
     * thread waits for a CPU, or for its container's next quota, but not a pause, in which it waits
     * for the JVM; and a thread that looks every few milliseconds finds pauses, but is held up
     * itself where there are too few CPUs. So of each piece of time the greater one counts.
     */

    /** To ask costs two system calls; work is timed to within this. */
    private static final long EVERY_NANOS = 10_000_000;

    private final Pauses pauses;
    private LongSupplier queued = () -> 0;
    private long askedAtNanos;
    private long queuedNanos;
    private long pausedNanos;
    private long sum;
    private volatile long nanos;

    LostTime(Pauses pauses) {
        this.pauses = pauses;
    }

    /** The calling thread is the core's from now on. */
    void attach() {
        attach(ReadyTime.ofThisThread()::totalNanos, System.nanoTime());
    }

    /**
     * The core has a thread.
     *
     * @param queuedTime returns how long that was ready without a CPU so far, in nanoseconds
     */
    void attach(LongSupplier queuedTime, long nowNanos) {
        askedAtNanos = nowNanos;
        queued = queuedTime;
        queuedNanos = queuedTime.getAsLong();
        pausedNanos = pauses.totalNanos(nowNanos);
    }

    /** Returns how much was lost so far, as of the last look. */
    long nanos() {
        return nanos;
    }

    /** Time has passed; what was lost of it is asked for once in a while. */
    void look(long nowNanos) {
        long passed = nowNanos - askedAtNanos;
        if (passed >= EVERY_NANOS) {
            askedAtNanos = nowNanos;
            long queuedNow = queued.getAsLong();
            long pausedNow = pauses.totalNanos(nowNanos);
            long lost = Math.max(queuedNow - queuedNanos, pausedNow - pausedNanos);
            sum += Math.max(0, Math.min(passed, lost));
            nanos = sum;
            queuedNanos = queuedNow;
            pausedNanos = pausedNow;
        }
    }
}
