package io.fasterapi.core;

import io.fasterapi.log.SafeLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Watches a group of cores on a daemon thread of its own, {@code fasterapi-monitor}. Every 5 ms, or
 * every 20 ms while nothing waits, it detects pauses of the JVM, lets idle cores run what waits
 * behind a stalled one, and runs the looks that were added. Thread-safe. It can be started again
 * after a stop.
 */
public final class CoreMonitor {

    private static final System.Logger LOGGER = System.getLogger(CoreMonitor.class.getName());

    private static final String THREAD_NAME = "fasterapi-monitor";

    private static final long BUSY_NANOS = 5_000_000;

    /** Well under the length of a pause. */
    private static final long RESTING_NANOS = 20_000_000;

    private final HandlerCores cores;
    private final List<Runnable> looks = new CopyOnWriteArrayList<>();
    private volatile @Nullable Thread thread;

    /** Creates a monitor without starting its thread. */
    public CoreMonitor(HandlerCores cores) {
        this.cores = cores;
    }

    /**
     * Adds an action for each round of the monitor.
     *
     * @param look must not block
     */
    public void add(Runnable look) {
        looks.add(look);
    }

    /** Returns the watched cores. */
    public HandlerCores cores() {
        return cores;
    }

    /** Starts the thread unless it runs. */
    public synchronized void start() {
        if (thread == null) {
            Thread started = new Thread(this::run, THREAD_NAME);
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    /** Stops the thread and waits for its end. */
    public synchronized void stop() {
        Thread running = thread;
        if (running != null) {
            thread = null;
            LockSupport.unpark(running);
            try {
                running.join();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }
        cores.pauses().unwatched();
    }

    private void run() {
        while (thread == Thread.currentThread()) {
            try {
                cores.pauses().looked();
                cores.rescue();
                looks.forEach(Runnable::run);
            } catch (Throwable ex) {
                SafeLog.error(
                        LOGGER,
                        () -> THREAD_NAME + ": one check of the cores failed; the next one follows",
                        ex);
            }
            boolean resting = cores.cores().stream().allMatch(core -> core.depth() == 0);
            LockSupport.parkNanos(this, resting ? RESTING_NANOS : BUSY_NANOS);
        }
    }
}
