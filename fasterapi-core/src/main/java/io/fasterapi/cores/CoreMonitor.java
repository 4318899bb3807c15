package io.fasterapi.cores;

import io.fasterapi.log.SafeLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a group of cores every few milliseconds, on a daemon thread of its own, {@code
 * fasterapi-monitor}, which runs nothing else: finds pauses of the JVM, and lets idle cores run
 * what waits behind a stalled one, and does what else is to be done at each look. Thread-safe; it
 * can be started again after a stop.
 */
public final class CoreMonitor {

    private static final System.Logger LOGGER = System.getLogger(CoreMonitor.class.getName());

    private static final String THREAD_NAME = "fasterapi-monitor";

    private static final long BUSY_NANOS = 5_000_000;

    /** Well under what counts as a pause. */
    private static final long RESTING_NANOS = 20_000_000;

    private final HandlerCores cores;
    private final List<Runnable> looks = new CopyOnWriteArrayList<>();
    private volatile @Nullable Thread thread;

    /** Creates a monitor; no thread starts yet. */
    public CoreMonitor(HandlerCores cores) {
        this.cores = cores;
    }

    /**
     * Does something else at each look from now on.
     *
     * @param look must not block
     */
    public void add(Runnable look) {
        looks.add(look);
    }

    /** Returns the cores. */
    public HandlerCores cores() {
        return cores;
    }

    /** Starts the thread, unless it runs. */
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
