package io.fasterapi.cores;

/**
 * A started core whose steps a stress test takes one by one. Shared by all actors of a test; here
 * because publishing without a wake-up is no public API.
 */
public final class StressedCore {

    private final HandlerCore core;

    /** Starts a core that parks when it is idle. */
    public StressedCore(int ringSize) {
        HandlerCores cores =
                new HandlerCores(
                        new CoreOptions(1, ringSize, WaitMode.PARK, false, "stressed-core-"));
        cores.start();
        core = cores.cores().get(0);
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
