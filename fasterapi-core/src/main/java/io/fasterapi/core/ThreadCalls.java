package io.fasterapi.core;

import io.fasterapi.log.SafeLog;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls tasks on threads, handles what they throw and counts them. Each task that was taken is run,
 * given up or aborted, once. Thread-safe.
 */
final class ThreadCalls {

    private static final System.Logger LOGGER = System.getLogger(ThreadWorkers.class.getName());

    private final LongAdder taken = new LongAdder();
    private final LongAdder ended = new LongAdder();

    /** A task was taken. It may have ended by now. */
    void taken() {
        taken.increment();
    }

    /** Runs a task on the calling thread. */
    void run(CoreTask task, SerialWorker worker) {
        try {
            task.run(worker);
        } catch (Throwable ex) {
            abort(task, ex);
        } finally {
            ended.increment();
        }
    }

    /**
     * Returns whether the task has ended, because it could be given up. Otherwise it must be run.
     */
    boolean giveUp(CoreTask task) {
        try {
            if (!task.giveUp()) {
                return false;
            }
        } catch (Throwable ex) {
            abort(task, ex);
        }
        ended.increment();
        return true;
    }

    /** Ends a task for which no thread can be had. */
    void end(CoreTask task, Throwable cause) {
        if (!giveUp(task)) {
            abort(task, cause);
            ended.increment();
        }
    }

    private static void abort(CoreTask task, Throwable cause) {
        try {
            task.abort(cause);
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER,
                    () -> "a task failed when it was aborted: " + task.getClass().getName(),
                    ex);
        }
    }

    long started() {
        return taken.sum();
    }

    long ended() {
        return ended.sum();
    }

    long running() {
        long over = ended.sum();
        return Math.max(0, taken.sum() - over);
    }
}
