package io.fasterapi.placement;

import io.fasterapi.watchdog.ReadyTime;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Measures the calls of handlers on one platform thread: how long each took, and for long ones how
 * much CPU time the thread used. Its thread owns it.
 */
final class CallClock {

    /*
     * Reading a thread's CPU time is a system call. So it is read before a call at most once per
     * PERIOD_NANOS, and again after a long call. The difference is at most PERIOD_NANOS more than
     * the call's own CPU time. With more threads than CPUs, a call that computes can be long
     * without using the CPU. So once a route is suspected of waiting, or of being too slow, the
     * time in which the thread was ready but had no CPU is read, too.
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

    /** Returns the clock of the calling thread, which must be a platform thread. */
    static CallClock current() {
        return CLOCKS.get();
    }

    /**
     * Begins a call and returns the time for {@link #ended}.
     *
     * @param suspected whether the route's calls seem to wait or to be slow
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
     * Tells a route how long a call took.
     *
     * @param where CORE or INLINE, the kind of this thread
     * @param begunNanos the result of {@link #begin}
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
