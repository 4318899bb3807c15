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
     * the threads may all be at something that never ends: how long what waits will take is what it
     * would at the pace of those that have returned, but not less than nothing has for by now.
     *
     * Tasks are called outside of the lock.
     */

    /** The first calls may all wait for what never comes; how cold the code is does not matter. */
    private static final int NO_WARM_UP = 0;

    private static final String NO_THREAD = "no thread to be had";

    private final ThreadOptions options;
    private final Executor executor;
    private final Executor later;
    private final ThreadCalls calls;
    private final LongSupplier clock;
    private final Object lock = new Object();

    // under the lock
    private final CoreCounters counters = new CoreCounters();
    private final LostTime lost;
    private final OverloadControl overload;
    private final Backlog waiting = new Backlog();
    private int inUse;
    private long returnedAtNanos;

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
        this.clock = clock;
        this.lost = new LostTime(pauses);
        lost.attach(() -> 0, clock.getAsLong());
        this.overload = new OverloadControl(options.waits(), counters, lost, NO_WARM_UP);
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
                overload.empty();
                returnedAtNanos = clock.getAsLong();
                lost.look(returnedAtNanos); // what was lost before is nobody's waiting
            }
            waiting.add(task, sinceNanos, lost.nanos());
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
            returnedAtNanos = now;
            counters.served(0, now - began);
            overload.served((now - began) / Math.max(1, inUse), now); // they end in parallel
        }
    }

    /** Returns what the calling thread is to run; null if nothing, then it is in use no more. */
    private @Nullable CoreTask takeNext() {
        synchronized (lock) {
            if (waiting.size() == 0) {
                overload.empty();
                inUse--;
                return null;
            }
            watch();
            return (overload.isOverloaded() ? waiting.takeNewest() : waiting.takeOldest()).task();
        }
    }

    /** Something waits. Under the lock. */
    private void watch() {
        long now = clock.getAsLong();
        lost.look(now);
        long drainNanos = Math.max(waiting.size() * counters.paceNanos(), now - returnedAtNanos);
        Backlog.Waiting oldest = waiting.oldest();
        if (overload.isOverloaded()) {
            overload.look(waiting.size(), drainNanos, now);
        } else if (oldest != null) {
            overload.begins(oldest.atNanos(), oldest.lostBeforeNanos(), drainNanos, now);
        }
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
            Backlog.Waiting oldest = waiting.oldest();
            if (oldest == null) {
                return null;
            }
            watch();
            return overload.givesUp(oldest, clock.getAsLong()) ? waiting.takeOldest().task() : null;
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
