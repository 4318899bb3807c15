package io.fasterapi.core;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of threads for exchanges that may block, and the queue of exchanges that wait
 * for one. The queue follows the rule of the rings: under lasting overload the newest exchange goes
 * first, and one that has waited too long is given up. Thread-safe.
 */
final class BoundedThreads {

    /*
     * While fewer than the most threads are in use, each exchange gets a thread of the executor. A
     * thread that is done takes the next waiting exchange. So an exchange waits only while a thread
     * is in use, and that thread comes for it. If all threads are busy with work that never ends, a
     * regular look gives up what has waited too long. Tasks are called outside of the lock.
     */

    private static final String NO_THREAD =
            "no thread is free for the request (fasterapi.placement.threads)";

    private final ThreadOptions options;
    private final Executor executor;
    private final Executor later;
    private final ThreadCalls calls;
    private final PauseDetector pauses;
    private final LongSupplier clock;
    private final Object lock = new Object();

    // Guarded by the lock.
    private final SharedQueueControl control;
    private final LifoBacklog waiting = new LifoBacklog();
    private int inUse;

    /**
     * Creates the queue and no thread.
     *
     * @param executor starts a thread for each task
     * @param later runs the continuations of exchanges
     */
    BoundedThreads(
            ThreadOptions options,
            Executor executor,
            Executor later,
            ThreadCalls calls,
            PauseDetector pauses,
            LongSupplier clock) {
        this.options = options;
        this.executor = executor;
        this.later = later;
        this.calls = calls;
        this.pauses = pauses;
        this.clock = clock;
        this.control =
                new SharedQueueControl(
                        options.queueTimeLimit(), this::lostNanos, clock.getAsLong());
    }

    private long lostNanos() {
        return pauses.totalNanos(clock.getAsLong());
    }

    /** Returns whether a thread is free or the queue has room. */
    boolean hasRoom() {
        return waiting.size() < options.waiting();
    }

    /** Returns how many exchanges wait for a thread. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Takes an exchange.
     *
     * @param sinceNanos the time from which it has waited
     * @param pressing whether it may wait although the queue is full
     * @return false if it was not taken
     */
    boolean take(CoreTask task, long sinceNanos, boolean pressing) {
        synchronized (lock) {
            if (inUse >= options.most()) {
                if (!pressing && !hasRoom()) {
                    return false;
                }
                return await(task, sinceNanos);
            }
            inUse++;
        }
        if (start(task)) {
            return true;
        }
        noThread();
        return false;
    }

    private boolean await(CoreTask task, long sinceNanos) {
        try {
            if (waiting.size() == 0) {
                control.empty(clock.getAsLong());
            }
            waiting.add(task, sinceNanos, lostNanos());
            return true;
        } catch (Throwable ex) { // no memory for another entry
            return false;
        }
    }

    private boolean start(CoreTask task) {
        try {
            SerialWorker worker = new SerialWorker(later);
            return worker.start(() -> run(task, worker), executor, this::runWaiting);
        } catch (Throwable ex) { // no memory for it
            return false;
        }
    }

    /** Runs the waiting exchanges on a thread that has finished its first one. */
    private void runWaiting() {
        CoreTask next;
        while ((next = takeNext()) != null) {
            CoreTask task = next;
            Thread.interrupted(); // as a pool does: the exchange before may have left that behind
            try {
                SerialWorker worker = new SerialWorker(later);
                worker.runHere(() -> run(task, worker));
            } catch (Throwable ex) { // no memory for it: the task itself throws nothing
                calls.end(task, ex);
            }
        }
    }

    private void run(CoreTask task, SerialWorker worker) {
        long began = clock.getAsLong();
        calls.run(task, worker);
        synchronized (lock) {
            long now = clock.getAsLong();
            control.returned(now - began, inUse, now);
        }
    }

    /** Returns the next task of the calling thread. If null, the thread is no longer in use. */
    private @Nullable CoreTask takeNext() {
        synchronized (lock) {
            if (waiting.size() == 0) {
                control.empty(clock.getAsLong());
                inUse--;
                return null;
            }
            watch();
            return (control.isOverloaded() ? waiting.takeNewest() : waiting.takeOldest()).task();
        }
    }

    /** Returns whether the oldest waiting exchange is to be given up. Under the lock. */
    private boolean watch() {
        LifoBacklog.Waiting oldest = waiting.oldest();
        return oldest != null
                && control.look(
                        waiting.size(),
                        oldest.atNanos(),
                        oldest.lostBeforeNanos(),
                        clock.getAsLong());
    }

    /** Gives up exchanges that have waited too long. Called every few milliseconds. */
    void look() {
        for (int left = waiting.size(); left > 0; left--) {
            CoreTask old = takeOld();
            if (old == null) {
                return;
            }
            if (!calls.giveUp(old) && !take(old, clock.getAsLong(), true)) {
                calls.end(old, new RejectedExecutionException(NO_THREAD));
            }
        }
    }

    private @Nullable CoreTask takeOld() {
        synchronized (lock) {
            return watch() ? waiting.takeOldest().task() : null;
        }
    }

    /**
     * A thread could not be started. If none is in use, no thread would come for the queue, so its
     * exchanges end here.
     */
    private void noThread() {
        synchronized (lock) {
            inUse--;
        }
        CoreTask left;
        while ((left = takeForlorn()) != null) {
            calls.end(left, new RejectedExecutionException(NO_THREAD));
        }
    }

    private @Nullable CoreTask takeForlorn() {
        synchronized (lock) {
            return inUse == 0 && waiting.size() > 0 ? waiting.takeOldest().task() : null;
        }
    }
}
