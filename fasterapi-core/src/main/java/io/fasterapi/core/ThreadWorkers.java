package io.fasterapi.core;

import io.fasterapi.log.SafeLog;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** Runs each exchange on a thread of its own, which may block. Thread-safe. */
public final class ThreadWorkers implements AutoCloseable {

    /*
     * There are as many virtual threads as exchanges. Platform threads are bounded, and further
     * exchanges wait. Essential routes, for example the actuator's health, always have platform
     * threads of their own. So they do not wait in that queue, nor for a carrier thread that is
     * pinned or computes.
     */
    private static final System.Logger LOGGER = System.getLogger(ThreadWorkers.class.getName());

    private static final String ORDINARY = "fasterapi-blocking-";
    private static final String ESSENTIAL = "fasterapi-essential-";

    private final ThreadCalls calls = new ThreadCalls();
    private final LongAdder rejected = new LongAdder();
    private final Executor executor;
    private final @Nullable BoundedThreads ordinary;
    private final @Nullable BoundedThreads essential;
    private final Runnable onClose;

    /**
     * Creates workers without a bound.
     *
     * @param executor runs each task on a thread, or rejects it
     * @param onClose closes the executor
     */
    public ThreadWorkers(Executor executor, Runnable onClose) {
        this.executor = executor;
        this.ordinary = null;
        this.essential = null;
        this.onClose = onClose;
    }

    private ThreadWorkers(
            @Nullable Executor virtual,
            Runnable onClose,
            ThreadOptions options,
            PauseDetector pauses) {
        ThreadOptions few = options.ofEssential();
        PlatformThreads essentials = PlatformThreads.of(ESSENTIAL, few.most());
        this.essential = bounded(few, essentials, pauses);
        if (virtual == null) {
            PlatformThreads all = PlatformThreads.of(ORDINARY, options.most());
            this.executor = all.later();
            this.ordinary = bounded(options, all, pauses);
            this.onClose =
                    () -> {
                        essentials.close();
                        all.close();
                    };
        } else {
            this.executor = virtual;
            this.ordinary = null;
            this.onClose =
                    () -> {
                        essentials.close();
                        onClose.run();
                    };
        }
    }

    private BoundedThreads bounded(
            ThreadOptions options, PlatformThreads threads, PauseDetector pauses) {
        return new BoundedThreads(
                options, threads.first(), threads.later(), calls, pauses, System::nanoTime);
    }

    /**
     * Creates workers on platform threads. Essential routes have some of their own.
     *
     * @param pauses the pauses of the JVM, which do not count as waiting
     */
    public static ThreadWorkers platform(ThreadOptions options, PauseDetector pauses) {
        return new ThreadWorkers(null, () -> {}, options, pauses);
    }

    /**
     * Creates workers on virtual threads, and on platform threads for essential routes.
     *
     * @param virtual starts a virtual thread for each task
     * @param onClose closes that executor
     * @param options the bounds of the platform threads
     * @param pauses the pauses of the JVM, which do not count as waiting
     */
    public static ThreadWorkers virtual(
            Executor virtual, Runnable onClose, ThreadOptions options, PauseDetector pauses) {
        return new ThreadWorkers(virtual, onClose, options, pauses);
    }

    /** Creates workers on Reactor's bounded elastic scheduler. */
    public static ThreadWorkers pooled() {
        return new ThreadWorkers(Schedulers.boundedElastic()::schedule, () -> {});
    }

    /**
     * Runs work on a thread of its own.
     *
     * @return false if no thread could be had; the work was not taken
     */
    public boolean dispatch(CoreTask task) {
        return take(task, System.nanoTime(), false);
    }

    /**
     * Takes work that has waited elsewhere. The caller has seen {@link #hasRoom} before.
     *
     * @param sinceNanos the time from which it has waited
     * @return false if no thread could be had; the work was not taken
     */
    boolean take(CoreTask task, long sinceNanos) {
        return take(task, sinceNanos, true);
    }

    private boolean take(CoreTask task, long sinceNanos, boolean pressing) {
        BoundedThreads threads = isEssential(task) ? essential : ordinary;
        if (threads == null ? start(task) : threads.take(task, sinceNanos, pressing)) {
            calls.taken();
            return true;
        }
        rejected.increment();
        return false;
    }

    private boolean start(CoreTask task) {
        try {
            SerialWorker worker = new SerialWorker(executor);
            return worker.start(() -> calls.run(task, worker));
        } catch (Throwable ex) { // no memory for it
            return false;
        }
    }

    private static boolean isEssential(CoreTask task) {
        try {
            return task.isEssential();
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER, () -> "a task failed when it was asked whether it is essential", ex);
            return false;
        }
    }

    /** Returns whether a thread is free or the queue has room. */
    boolean hasRoom() {
        return ordinary == null || ordinary.hasRoom();
    }

    /**
     * Runs admitted work that may block, and work for which others may block. It is never refused
     * and does not wait for the threads of exchanges. It must throw nothing, and it must run only
     * once although it may be called twice.
     */
    public void execute(Runnable admitted) {
        try {
            executor.execute(admitted);
        } catch (Throwable full) {
            Schedulers.boundedElastic().schedule(admitted);
        }
    }

    /**
     * Gives up exchanges that have waited too long. Called every few milliseconds, on any thread.
     */
    void look() {
        if (ordinary != null) {
            ordinary.look();
        }
    }

    /** Stops the threads. Running and waiting work is finished. */
    @Override
    public void close() {
        onClose.run();
    }

    /** Returns how many exchanges were taken so far. */
    public long started() {
        return calls.started();
    }

    /** Returns how many of them have ended. */
    public long ended() {
        return calls.ended();
    }

    /** Returns how many exchanges run or wait for a thread. */
    public long running() {
        return calls.running();
    }

    /** Returns how many exchanges wait for a thread. Virtual threads need no waiting. */
    public long waiting() {
        return (ordinary == null ? 0 : ordinary.waiting())
                + (essential == null ? 0 : essential.waiting());
    }

    /** Returns how many exchanges were refused because no thread could be had. */
    public long rejected() {
        return rejected.sum();
    }
}
