package io.fasterapi.cores;

import io.fasterapi.log.SafeLog;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls tasks on threads of their own, whatever they throw, and counts them: each that was taken is
 * run, given up or aborted, once. Thread-safe.
 */
final class ThreadCalls {

    private static final System.Logger LOGGER = System.getLogger(ThreadWorkers.class.getName());

    private final LongAdder taken = new LongAdder();
    private final LongAdder ended = new LongAdder();

    /** A task was taken; it may have ended by now. */
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

    /** Returns whether a task is over, since it may be given up; else it is to be run. */
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

    /** Ends a task for which no thread is to be had after all. */
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
