package io.fasterapi.core;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A started core whose steps a stress test or a benchmark takes one by one. Shared by all its
 * threads; here because publishing without a wake-up is no public API.
 */
public final class StressedCore {

    /** How long a publisher waits that finds the ring full, as a blocking queue would let it. */
    private static final long FULL_NANOS = 10_000;

    private final HandlerCores cores;
    private final HandlerCore core;

    /** Starts a core that parks when it is idle. */
    public StressedCore(int ringSize) {
        this(ringSize, WaitMode.PARK);
    }

    /** Starts a core. */
    public StressedCore(int ringSize, WaitMode waitMode) {
        cores = new HandlerCores(new CoreOptions(1, ringSize, waitMode, false, "stressed-core-"));
        cores.start();
        core = cores.cores().get(0);
    }

    /**
     * Publishes without waking, as an event loop does; comes again as long as the ring is full.
     *
     * @param nowNanos from when the task waits
     */
    public void publishQuietly(CoreTask task, long nowNanos) {
        while (!core.publish(task, nowNanos)) {
            core.wake();
            LockSupport.parkNanos(FULL_NANOS);
        }
    }

    /** Makes sure that the core sees what was published before. */
    public void wake() {
        core.wake();
    }

    /** Ends the core. */
    public void stop() {
        cores.stop(Duration.ofSeconds(5));
    }

    /** Publishes and wakes as an event loop does; comes again as long as the ring is full. */
    public void publish(CoreTask task) {
        while (!core.publish(task)) {
            core.wake();
            Thread.yield();
        }
        core.wake();
    }

    /** Runs a continuation. */
    public void execute(Runnable continuation) {
        core.execute(continuation);
    }
}
