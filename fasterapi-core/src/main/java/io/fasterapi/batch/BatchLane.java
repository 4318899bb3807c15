package io.fasterapi.batch;

import io.fasterapi.batch.BatchRefusedException.Cause;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The items of one group that wait, and how many batches of it may still begin. Filled by any
 * thread, emptied by the threads that run its batches.
 */
final class BatchLane<I, O> {

    /*
     * The lock guards a few fields for a few instructions; no code of the application runs under it.
     * `free` counts the batches that may begin. Whoever adds an item while one is free takes it and
     * hands the lane to a worker; whoever ends a batch keeps its permit if more is due, and hands the
     * lane on, else gives it back. So every item that waits is followed by somebody with a permit,
     * by a timer, or by a batch under way.
     *
     * A worker takes what waits when it comes to it, not when it was called: all that a core's ring
     * had in hand, or that queued while the last batch ran, is one batch.
     */
    private static final System.Logger LOGGER = System.getLogger(BatchLane.class.getName());

    private final Batcher<I, O> batcher;
    private final @Nullable Object group;
    private final Set<Submission<I, O>> waiting = new LinkedHashSet<>();
    private int free;
    private boolean timed;
    private boolean retired;

    BatchLane(Batcher<I, O> batcher, @Nullable Object group) {
        this.batcher = batcher;
        this.group = group;
        this.free = batcher.options().concurrency();
    }

    /** Adds an item; false if the lane was given up meanwhile and another one is to be asked. */
    boolean add(Submission<I, O> submission) {
        boolean begin;
        synchronized (this) {
            if (retired) {
                return false;
            }
            waiting.add(submission);
            begin = free > 0 && isDue();
            if (begin) {
                free--;
            }
        }
        if (begin) {
            handOn();
        }
        return true;
    }

    /** The caller of an item has gone; the item goes, too, if it still waits. */
    void cancelled(Submission<I, O> submission) {
        boolean waited;
        boolean over;
        synchronized (this) {
            waited = waiting.remove(submission);
            over = retireIfIdle();
        }
        if (waited) {
            batcher.counters().leave(1);
            batcher.counters().cancel();
        }
        if (over) {
            batcher.forget(this, group);
        }
    }

    /** Takes what waits and runs it as one batch; the caller holds a permit. On a worker. */
    private void runNext() {
        List<Submission<I, O>> taken = List.of();
        try {
            taken = take();
            taken.removeIf(this::isDropped);
            if (!taken.isEmpty()) {
                new BatchRun<>(batcher, this, taken, this::batchEnded).start();
                return;
            }
        } catch (Throwable ex) { // out of memory, for one
            log(LOGGER, "batcher " + batcher.name() + ": a batch could not begin", ex);
            taken.forEach(each -> each.fail(ex));
        }
        batchEnded();
    }

    /** A batch is over: the next one begins, or its permit is free. Any thread. */
    void batchEnded() {
        boolean more;
        boolean over = false;
        synchronized (this) {
            more = !waiting.isEmpty() && isDue();
            if (!more) {
                free++;
                over = retireIfIdle();
            }
        }
        if (more) {
            handOn();
        } else if (over) {
            batcher.forget(this, group);
        }
    }

    /** Runs something of this lane on its worker. */
    void execute(Runnable task) {
        try {
            batcher.workerOf(group).execute(task);
            return;
        } catch (Throwable ex) { // it should throw nothing
            log(LOGGER, "batcher " + batcher.name() + ": no worker for a batch", ex);
        }
        task.run();
    }

    private void handOn() {
        execute(this::runNext);
    }

    private synchronized List<Submission<I, O>> take() {
        int most = Math.min(waiting.size(), batcher.options().maxSize());
        List<Submission<I, O>> taken = new ArrayList<>(most);
        Iterator<Submission<I, O>> all = waiting.iterator();
        while (taken.size() < most) {
            taken.add(all.next());
            all.remove();
        }
        batcher.counters().leave(most);
        return taken;
    }

    private boolean isDropped(Submission<I, O> submission) {
        if (submission.isOver()) {
            batcher.counters().cancel();
            return true;
        }
        if (submission.isOverdue()) {
            batcher.counters().expire();
            submission.fail(new BatchRefusedException(batcher.name(), Cause.DEADLINE));
            return true;
        }
        return false;
    }

    /** Whether what waits need not wait for others; else a timer sees to it. Under the lock. */
    private boolean isDue() {
        long maxWait = batcher.options().maxWait().toNanos();
        if (maxWait == 0 || waiting.size() >= batcher.options().maxSize()) {
            return true;
        }
        long left = maxWait - (System.nanoTime() - waiting.iterator().next().submittedNanos());
        if (left <= 0) {
            return true;
        }
        if (!timed) {
            timed = true;
            Schedulers.parallel().schedule(this::timeOver, left, TimeUnit.NANOSECONDS);
        }
        return false;
    }

    private void timeOver() {
        boolean begin;
        synchronized (this) {
            timed = false;
            begin = !waiting.isEmpty() && free > 0 && isDue();
            if (begin) {
                free--;
            }
        }
        if (begin) {
            handOn();
        }
    }

    /** A group that has nothing to do keeps no memory. Under the lock. */
    private boolean retireIfIdle() {
        if (group == null
                || retired
                || !waiting.isEmpty()
                || free < batcher.options().concurrency()) {
            return false;
        }
        retired = true;
        return true;
    }

    /** Logs; what the log itself throws must stop nothing. */
    static void log(System.Logger logger, String message, @Nullable Throwable cause) {
        try {
            logger.log(System.Logger.Level.ERROR, message, cause);
        } catch (Throwable ignored) {
            // There is nowhere left to say it.
        }
    }
}
