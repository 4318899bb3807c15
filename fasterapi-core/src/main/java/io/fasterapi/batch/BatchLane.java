package io.fasterapi.batch;

import io.fasterapi.batch.BatchRefusedException.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The items of one group that wait, and how many batches of it may still begin. Filled by any
 * thread, emptied by the threads that run its batches.
 */
final class BatchLane<I, O> {

    /*
     * A lock-free queue (M. Michael, M. Scott, 1996: the JDK's ConcurrentLinkedQueue) and a count of
     * permits. Whoever adds an item looks for a permit afterwards; whoever ends a batch gives its
     * permit back and looks for items afterwards. Each writes first and reads then, so one of the
     * two sees the other, and every item that waits is followed by somebody with a permit, by a
     * timer, or by a batch under way.
     *
     * An item belongs to whoever claims it (Submission): a worker for its batch, or its caller that
     * goes. What is left of that one in the queue is skipped when its turn comes, or swept out once
     * more is left than may wait.
     *
     * A worker takes what waits when it comes to it, not when it was called: all that a core's ring
     * had in hand, or that queued while the last batch ran, is one batch.
     */
    private static final System.Logger LOGGER = System.getLogger(BatchLane.class.getName());

    private final Batcher<I, O> batcher;
    private final @Nullable Object group;
    private final Queue<Submission<I, O>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger free;
    private final AtomicInteger leftovers = new AtomicInteger();
    private final AtomicBoolean timed = new AtomicBoolean();

    BatchLane(Batcher<I, O> batcher, @Nullable Object group) {
        this.batcher = batcher;
        this.group = group;
        this.free = new AtomicInteger(batcher.options().concurrency());
    }

    /** Adds an item; {@link #begin} has to follow. */
    void add(Submission<I, O> submission) {
        waiting.add(submission);
    }

    /** Hands what waits to a worker, if a batch may begin and is due. Any thread. */
    void begin() {
        int permits;
        while ((permits = free.get()) > 0 && isDue()) {
            if (free.compareAndSet(permits, permits - 1)) {
                handOn();
                return;
            }
        }
    }

    /** The caller of an item that waited has gone, and has claimed it. */
    void cancelled() {
        if (leftovers.incrementAndGet() > batcher.options().maxQueue()) {
            leftovers.set(0);
            waiting.removeIf(Submission::isClaimed);
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

    /** A batch is over: its permit is free, and the next one may begin. Any thread. */
    void batchEnded() {
        free.incrementAndGet();
        begin();
        forgetIfIdle();
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

    private List<Submission<I, O>> take() {
        List<Submission<I, O>> taken = new ArrayList<>();
        Submission<I, O> next;
        while (taken.size() < batcher.options().maxSize() && (next = waiting.poll()) != null) {
            if (next.claim()) {
                taken.add(next);
            } else {
                leftovers.decrementAndGet();
            }
        }
        batcher.counters().leave(taken.size());
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

    /** Whether something waits that need not wait for others; else a timer sees to it. */
    private boolean isDue() {
        long maxWait = batcher.options().maxWait().toNanos();
        if (maxWait == 0) {
            return !waiting.isEmpty();
        }
        int count = 0;
        long left = maxWait;
        for (Submission<I, O> each : waiting) {
            if (each.isClaimed()) {
                continue;
            }
            if (count == 0) {
                left = maxWait - (System.nanoTime() - each.submittedNanos());
            }
            if (left <= 0 || ++count == batcher.options().maxSize()) {
                return true;
            }
        }
        if (count > 0 && timed.compareAndSet(false, true)) {
            Schedulers.parallel().schedule(this::timeOver, left, TimeUnit.NANOSECONDS);
        }
        return false;
    }

    private void timeOver() {
        timed.set(false);
        begin();
    }

    private void forgetIfIdle() {
        if (group != null && isIdle()) {
            batcher.forget(group);
        }
    }

    /** Whether nothing waits and nothing is under way. */
    boolean isIdle() {
        return free.get() == batcher.options().concurrency() && waiting.isEmpty();
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
