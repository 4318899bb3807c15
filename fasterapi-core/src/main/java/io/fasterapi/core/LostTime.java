package io.fasterapi.core;

import io.fasterapi.watchdog.ReadyTime;
import java.util.function.LongSupplier;

/**
 * How much time a core has lost that is not its own work: its thread was ready but had no CPU, or
 * the JVM paused. The core's thread owns it; any thread may read {@link #nanos}.
 */
final class LostTime extends Padding {

    /*
     * There are two measures, and each misses something. Linux counts the time in which a thread
     * waits for a CPU or for the next quota of its container, but not a pause of the JVM. The
     * monitor's thread finds pauses, but is late itself if CPUs are short. So in each interval the
     * greater of the two counts.
     *
     * Publishers read `nanos` for each item, so what the core writes for each item must not share
     * its cache line.
     */

    /** Reading costs two system calls. The result is up to this much behind. */
    private static final long EVERY_NANOS = 10_000_000;

    private final PauseDetector pauses;
    private LongSupplier queued = () -> 0;
    private long askedAtNanos;
    private long queuedNanos;
    private long pausedNanos;
    private long sum;
    private volatile long nanos;

    LostTime(PauseDetector pauses) {
        this.pauses = pauses;
    }

    /** The calling thread is the core's thread from now on. */
    void attach() {
        attach(ReadyTime.ofThisThread()::totalNanos, System.nanoTime());
    }

    /**
     * The core has a new thread.
     *
     * @param queuedTime returns how many nanoseconds that thread was ready without a CPU so far
     */
    void attach(LongSupplier queuedTime, long nowNanos) {
        askedAtNanos = nowNanos;
        queued = queuedTime;
        queuedNanos = queuedTime.getAsLong();
        pausedNanos = pauses.totalNanos(nowNanos);
    }

    /** Returns how many nanoseconds were lost by the last look. */
    long nanos() {
        return nanos;
    }

    /** Reads both measures if enough time has passed. */
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
