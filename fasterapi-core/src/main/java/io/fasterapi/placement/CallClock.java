package io.fasterapi.placement;

import io.fasterapi.watch.ReadyTime;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Times calls of handlers on one platform thread: how long each took, and for the long ones how
 * much CPU the thread used meanwhile. Owned by its thread.
 */
final class CallClock {

    /*
     * Reading a thread's CPU time is a system call. So it is read once in a while before a call and
     * again after a long one: what lies between the two is at most PERIOD more than the call's own.
     *
     * A call that computes can take long without using the CPU, where there are more threads than
     * CPUs. So once a route is suspected of waiting, or of being too slow for its event loop, the
     * time that the thread was ready to run is read, too.
     */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final boolean READS_CPU =
            THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

    private static final long PERIOD_NANOS = 1_000_000;

    private static final FastThreadLocal<CallClock> CLOCKS =
            new FastThreadLocal<>() {
                @Override
                protected CallClock initialValue() {
                    return new CallClock();
                }
            };

    private final ReadyTime ready = ReadyTime.ofThisThread();
    private long readAtNanos = System.nanoTime() - PERIOD_NANOS;
    private long cpuNanos;
    private boolean careful;

    private CallClock() {}

    /** Returns the calling thread's clock; the thread must not be a virtual one. */
    static CallClock current() {
        return CLOCKS.get();
    }

    /**
     * Returns the time at which a call begins, for {@link #ended}.
     *
     * @param suspected whether the route's calls seem to wait, or to be slow
     */
    long begin(boolean suspected) {
        careful = suspected;
        if (suspected) {
            ready.begin();
        }
        long now = System.nanoTime();
        if (now - readAtNanos >= PERIOD_NANOS) {
            readAtNanos = now;
            cpuNanos = cpu(now);
        }
        return now;
    }

    /**
     * Tells a route what a call took.
     *
     * @param where the thread's kind: CORE or INLINE
     * @param begunNanos as {@link #begin} returned it
     */
    void ended(RoutePlacement route, Placement where, long begunNanos) {
        long now = System.nanoTime();
        long wall = now - begunNanos;
        if (wall < RoutePlacement.LONG_NANOS) {
            boolean looks = careful && wall >= route.slowNanos(where);
            long queued = looks ? ready.queuedNanos() : 0;
            route.ran(where, wall, wall - queued, queued);
        } else {
            long waitedForCpu = careful ? ready.nanos(wall) : 0;
            route.ran(where, wall, cpu(now) - cpuNanos, waitedForCpu);
        }
    }

    private static long cpu(long now) {
        return READS_CPU ? THREADS.getCurrentThreadCpuTime() : now;
    }
}
