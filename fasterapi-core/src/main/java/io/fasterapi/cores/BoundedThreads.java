package io.fasterapi.cores;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of threads for exchanges that may block, and what waits for one, by the rule of
 * the rings: what has waited for too long is given up, and while that is so the newest go first.
 * Thread-safe.
 */
final class BoundedThreads {

    /*
     * As long as fewer than the most are in use, each exchange is given a thread of the executor's;
     * a thread that is done takes the next one that waits. So something waits only while a thread
     * is in use, which will come for it. What waits for too long is given up by whoever looks, since
     * the threads may all be at something that never ends.
     *
     * Tasks are called outside of the lock.
     */

    private static final String NO_THREAD =
            "no thread is free for the request (fasterapi.placement.threads)";

    private final ThreadOptions options;
    private final Executor executor;
    private final Executor later;
    private final ThreadCalls calls;
    private final Pauses pauses;
    private final LongSupplier clock;
    private final Object lock = new Object();

    // under the lock
    private final SharedQueueControl control;
    private final Backlog waiting = new Backlog();
    private int inUse;

    /**
     * Creates an empty one.
     *
     * @param executor starts a thread for each task that it is given
     * @param later runs what follows on an exchange
     */
    BoundedThreads(
            ThreadOptions options,
            Executor executor,
            Executor later,
            ThreadCalls calls,
            Pauses pauses,
            LongSupplier clock) {
        this.options = options;
        this.executor = executor;
        this.later = later;
        this.calls = calls;
        this.pauses = pauses;
        this.clock = clock;
        this.control = new SharedQueueControl(options.waits(), this::lostNanos, clock.getAsLong());
    }

    private long lostNanos() {
        return pauses.totalNanos(clock.getAsLong());
    }

    /** Returns whether there is a thread, or room to wait for one. */
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
     * @param sinceNanos since when it waits
     * @param pressing whether it may wait though there is no room
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
        } catch (Throwable ex) { // no memory for another place
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

    /** On a thread that is done with the exchange that it was started for. */
    private void runWaiting() {
        CoreTask next;
        while ((next = takeNext()) != null) {
            CoreTask task = next;
            Thread.interrupted(); // as a pool does: the exchange before may have left that behind
            try {
                SerialWorker worker = new SerialWorker(later);
                worker.runHere(() -> run(task, worker));
            } catch (Throwable ex) { // no memory for it; the task itself throws nothing
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

    /** Returns what the calling thread is to run; null if nothing, then it is in use no more. */
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

    /** Something waits; returns whether the oldest is given up. Under the lock. */
    private boolean watch() {
        Backlog.Waiting oldest = waiting.oldest();
        return oldest != null
                && control.look(
                        waiting.size(),
                        oldest.atNanos(),
                        oldest.lostBeforeNanos(),
                        clock.getAsLong());
    }

    /** Gives up what has waited for too long. To be called every few milliseconds. */
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

    /** A thread could not be started: if none is in use, nobody comes for what waits. */
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
