package io.fasterapi.cores;

import io.fasterapi.log.SafeLog;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.scheduler.Schedulers;

/** Runs each exchange on a thread of its own, which may block. Thread-safe. */
public final class ThreadWorkers implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(ThreadWorkers.class.getName());

    private final Executor executor;
    private final Runnable onClose;
    private final LongAdder started = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    /**
     * Creates the workers.
     *
     * @param executor starts a virtual thread for each task, or has a pool of threads for them;
     *     rejects what it cannot take
     * @param onClose ends it
     */
    public ThreadWorkers(Executor executor, Runnable onClose) {
        this.executor = executor;
        this.onClose = onClose;
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
        SerialWorker worker = new SerialWorker(executor);
        if (!worker.start(() -> run(task, worker))) {
            rejected.increment();
            return false;
        }
        started.increment();
        return true;
    }

    /** Ends the executor; what runs may go on. */
    @Override
    public void close() {
        onClose.run();
    }

    private void run(CoreTask task, SerialWorker worker) {
        try {
            task.run(worker);
        } catch (Throwable ex) {
            abort(task, ex);
        } finally {
            ended.increment();
        }
    }

    private static void abort(CoreTask task, Throwable cause) {
        try {
            task.abort(cause);
        } catch (Throwable ex) {
            SafeLog.error(LOGGER, () -> "could not abort a " + task.getClass().getName(), ex);
        }
    }

    /** Returns how many exchanges have been given a thread. */
    public long started() {
        return started.sum();
    }

    /**
     * Returns how many of them have begun or wait for their thread and have not returned from it.
     */
    public long running() {
        long over = ended.sum();
        return Math.max(0, started.sum() - over); // one may end before it is counted as started
    }

    /** Returns how many exchanges were refused because there was no thread for them. */
    public long rejected() {
        return rejected.sum();
    }
}
