package io.fasterapi.cores;

import io.fasterapi.log.SafeLog;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** Runs each exchange on a thread of its own, which may block. Thread-safe. */
public final class ThreadWorkers implements AutoCloseable {

    /*
     * Virtual threads are as many as there are exchanges; platform threads are bounded, and the rest
     * waits. What must always be answered, an actuator's health, has platform threads of its own in
     * either case: it neither waits in that queue, nor for a carrier thread that is at a long
     * computation or pinned.
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
     * @param executor starts a virtual thread for each task, or has a pool of threads for them;
     *     rejects what it cannot take
     * @param onClose ends it
     */
    public ThreadWorkers(Executor executor, Runnable onClose) {
        this.executor = executor;
        this.ordinary = null;
        this.essential = null;
        this.onClose = onClose;
    }

    private ThreadWorkers(
            @Nullable Executor virtual, Runnable onClose, ThreadOptions options, Pauses pauses) {
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

    private BoundedThreads bounded(ThreadOptions options, PlatformThreads threads, Pauses pauses) {
        return new BoundedThreads(
                options, threads.first(), threads.later(), calls, pauses, System::nanoTime);
    }

    /**
     * Creates workers on platform threads; essential routes have some of their own.
     *
     * @param pauses what does not count as waiting
     */
    public static ThreadWorkers platform(ThreadOptions options, Pauses pauses) {
        return new ThreadWorkers(null, () -> {}, options, pauses);
    }

    /**
     * Creates workers on virtual threads, and on platform threads for essential routes.
     *
     * @param virtual starts a virtual thread for each task
     * @param onClose ends it
     * @param options how many platform threads there may be
     * @param pauses what does not count as waiting
     */
    public static ThreadWorkers virtual(
            Executor virtual, Runnable onClose, ThreadOptions options, Pauses pauses) {
        return new ThreadWorkers(virtual, onClose, options, pauses);
    }

    /** Creates workers on the threads of Reactor's bounded elastic scheduler. */
    public static ThreadWorkers pooled() {
        return new ThreadWorkers(Schedulers.boundedElastic()::schedule, () -> {});
    }

    /**
     * Runs work on a thread of its own.
     *
     * @return false if there is none to be had; the work was not taken
     */
    public boolean dispatch(CoreTask task) {
        return take(task, System.nanoTime(), false);
    }

    /**
     * Takes work that waits somewhere else, for which there {@link #hasRoom was room} a moment ago.
     *
     * @param sinceNanos since when it waits
     * @return false if no thread is to be had at all; the work was not taken
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

    /** Returns whether there is a thread, or room to wait for one. */
    boolean hasRoom() {
        return ordinary == null || ordinary.hasRoom();
    }

    /**
     * Runs what was admitted and may block, and what others may block for: it is never refused, and
     * does not wait for the threads of exchanges. It must throw nothing, and run once although it
     * may be called twice.
     */
    public void execute(Runnable admitted) {
        try {
            executor.execute(admitted);
        } catch (Throwable full) {
            Schedulers.boundedElastic().schedule(admitted);
        }
    }

    /**
     * Gives up what has waited for too long. To be called every few milliseconds, by any thread.
     */
    void look() {
        if (ordinary != null) {
            ordinary.look();
        }
    }

    /** Ends the threads; what runs or waits goes on. */
    @Override
    public void close() {
        onClose.run();
    }

    /** Returns how many exchanges have been taken. */
    public long started() {
        return calls.started();
    }

    /** Returns how many of them have returned from it. */
    public long ended() {
        return calls.ended();
    }

    /**
     * Returns how many of them have begun or wait for their thread and have not returned from it.
     */
    public long running() {
        return calls.running();
    }

    /** Returns how many wait for their thread; none does where there are virtual ones. */
    public long waiting() {
        return (ordinary == null ? 0 : ordinary.waiting())
                + (essential == null ? 0 : essential.waiting());
    }

    /** Returns how many exchanges were refused because there was no thread for them. */
    public long rejected() {
        return rejected.sum();
    }
}
