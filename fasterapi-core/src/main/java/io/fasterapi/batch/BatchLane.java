package io.fasterapi.batch;

import io.fasterapi.batch.BatchRefusedException.Cause;
import io.fasterapi.log.SafeLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
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
     * nothing waits or more is left than waits; so no more is kept than twice what waits. With the
     * last item that waits goes the lane of a group, and its timer.
     *
     * Whoever has a permit gives it back once, whatever a worker or a log does: a worker that fails
     * may have run what it was given, so that runs once, by the worker or by whoever called it.
     *
     * A worker takes what waits when it comes to it, not when it was called: all that a core's ring
     * had in hand, or that queued while the last batch ran, is one batch.
     *
     * What is refused since it has waited for too long leaves as its caller would. That is found out
     * by workers and, since a function may never come back, by looks; whoever looks has no time for
     * what callers do with a refusal.
     */
    private static final System.Logger LOGGER = System.getLogger(BatchLane.class.getName());

    private final Batcher<I, O> batcher;
    private final @Nullable Object group;
    private final Queue<Submission<I, O>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger free;
    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicInteger leftovers = new AtomicInteger();
    private final AtomicBoolean timed = new AtomicBoolean();
    private volatile @Nullable Disposable timer;
    private volatile boolean forgotten;
    private volatile @Nullable LaneOverload overload;
    private volatile boolean refusing;

    BatchLane(Batcher<I, O> batcher, @Nullable Object group) {
        this.batcher = batcher;
        this.group = group;
        this.free = new AtomicInteger(batcher.options().concurrency());
    }

    /** Adds an item; {@link #begin} has to follow. */
    void add(Submission<I, O> submission) {
        alive.incrementAndGet();
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
        int left = leftovers.incrementAndGet();
        int live = leave(1);
        if (live <= 0 || left > live) {
            sweep();
        }
        if (live <= 0) {
            forgetIfIdle();
        }
    }

    private void sweep() {
        leftovers.set(0);
        waiting.removeIf(Submission::isClaimed);
    }

    /** Items wait no more; with the last goes what is known of their overload. */
    private int leave(int count) {
        int live = alive.addAndGet(-count);
        if (live <= 0 && overload != null) {
            overload = null;
        }
        return live;
    }

    /** To be called every now and then, by one thread at a time. */
    void look() {
        Submission<I, O> oldest = oldest();
        if (oldest == null) {
            return;
        }
        LaneOverload known = overload;
        if (known == null) {
            overload =
                    LaneOverload.of(oldest, batcher.waits(), batcher.options(), batcher.counters());
            if (alive.get() <= 0) { // as of now: it would not be seen to go
                overload = null;
            }
        } else if (!refusing && known.givesUp(oldest, alive.get())) {
            refusing = true;
            try {
                Schedulers.parallel().schedule(this::refuseOld);
            } catch (Throwable ex) {
                refusing = false;
                throw ex;
            }
        }
    }

    private @Nullable Submission<I, O> oldest() {
        for (Submission<I, O> each : waiting) {
            if (!each.isClaimed()) {
                return each;
            }
        }
        return null;
    }

    private void refuseOld() {
        refusing = false;
        refuseWaited();
    }

    /** Refuses what has waited for too long under lasting overload. Any thread. */
    private void refuseWaited() {
        LaneOverload known = overload;
        if (known == null) {
            return;
        }
        for (Submission<I, O> each : waiting) {
            if (!each.isClaimed()) {
                if (!known.givesUp(each, alive.get())) {
                    return;
                }
                batcher.refuseWaiting(each);
            }
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
            log("a batch could not begin; its items fail", ex);
            taken.forEach(each -> each.fail(ex));
        }
        release();
    }

    /** A batch is over. Any thread. */
    private void batchEnded(long begunNanos) {
        LaneOverload known = overload;
        if (known != null) {
            known.returned(begunNanos, batcher.options().concurrency() - free.get());
        }
        release();
    }

    /** A permit is free, and the next batch may begin. */
    private void release() {
        free.incrementAndGet();
        beginOrFail();
        forgetIfIdle();
    }

    private void beginOrFail() {
        try {
            begin();
        } catch (Throwable ex) { // nobody else would come for what waits
            log("the next batch could not begin; the items that wait fail", ex);
            Submission<I, O> next;
            while ((next = waiting.poll()) != null) {
                if (next.claim()) {
                    leave(1);
                    batcher.counters().leave(1);
                    next.fail(ex);
                }
            }
        }
    }

    /** Runs something of this lane on its worker, once. */
    void execute(Runnable task) {
        Once once = new Once(task);
        try {
            batcher.workerOf(group).execute(once);
            return;
        } catch (Throwable ex) { // it should throw nothing
            log("no worker could take a batch; it runs on the calling thread", ex);
        }
        once.run();
    }

    private void handOn() {
        try {
            execute(this::runNext);
        } catch (Throwable ex) { // before anything ran: no memory
            free.incrementAndGet();
            throw ex;
        }
    }

    private List<Submission<I, O>> take() {
        refuseWaited();
        int most = Math.min(batcher.options().maxSize(), Math.max(0, alive.get()));
        List<Submission<I, O>> taken = new ArrayList<>(most); // what is claimed has its place
        Submission<I, O> next;
        while (taken.size() < most && (next = waiting.poll()) != null) {
            if (next.claim()) {
                taken.add(next);
            } else {
                leftovers.decrementAndGet();
            }
        }
        if (leave(taken.size()) <= 0 && !waiting.isEmpty()) {
            sweep(); // what was left behind the last one would be taken for a batch
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
            submission.fail(batcher.refused(Cause.DEADLINE));
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
                left = maxWait - (batcher.waits().nowNanos() - each.submittedNanos());
            }
            if (left <= 0 || ++count == batcher.options().maxSize()) {
                return true;
            }
        }
        if (count > 0 && timed.compareAndSet(false, true)) {
            startTimer(left);
        }
        return false;
    }

    private void startTimer(long nanos) {
        try {
            Disposable started =
                    Schedulers.parallel().schedule(this::timeOver, nanos, TimeUnit.NANOSECONDS);
            timer = started;
            if (forgotten) {
                started.dispose();
            }
        } catch (Throwable ex) {
            timed.set(false);
            throw ex;
        }
    }

    private void timeOver() {
        timed.set(false);
        beginOrFail();
    }

    /** The batcher has given up this lane: no item comes any more, and no timer keeps it. */
    void forgotten() {
        forgotten = true;
        Disposable running = timer;
        if (running != null) {
            running.dispose();
        }
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

    private void log(String message, Throwable cause) {
        SafeLog.error(LOGGER, () -> batcher + ": " + message, cause);
    }

    /** A task that runs at most once. */
    private static final class Once extends AtomicBoolean implements Runnable {

        private static final long serialVersionUID = 1L;

        private final transient Runnable task;

        Once(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (compareAndSet(false, true)) {
                task.run();
            }
        }
    }
}
