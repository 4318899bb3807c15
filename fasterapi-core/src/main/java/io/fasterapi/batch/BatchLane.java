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
 * The waiting items of one group, and the permits for its next batches. Any thread adds items; the
 * threads that run the batches take them.
 */
final class BatchLane<I, O> {

    /*
     * The queue is lock-free: the JDK's ConcurrentLinkedQueue, after M. Michael and M. Scott, 1996.
     * A counter holds the permits, one for each batch that may be under way. A thread that adds an
     * item looks for a permit after that. A thread that ends a batch gives its permit back and
     * looks for items after that. Each writes first and reads second, so at least one of the two
     * sees the other. So every waiting item is followed by a permit, a timer or a batch under way.
     *
     * An item belongs to the thread that claims it (Submission): a worker for its batch, or a
     * caller that cancels. A cancelled item stays in the queue until its turn, or until a sweep. A
     * sweep runs when nothing waits any more, or when more cancelled items than waiting items are
     * left. So the queue holds at most twice the number of waiting items. When its last item
     * leaves, the lane of a group is dropped with its timer.
     *
     * A permit is given back exactly once, even if a worker or a log throws. A worker that throws
     * may have run its task before that. So the task runs once, either on the worker or on the
     * thread that called the worker.
     *
     * A worker takes the items that wait when it begins, not when it was called. So all requests
     * that a core found in its ring, or that queued during the previous batch, form one batch.
     *
     * An item that has waited too long is refused. It leaves the queue as a cancelled one does.
     * Workers look for such items. So does a regular look (see Batchers), because a function may
     * never return. The look itself runs no callers' code; it hands that to another thread.
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

    /** Adds an item. The caller must call {@link #begin} after that. */
    void add(Submission<I, O> submission) {
        alive.incrementAndGet();
        waiting.add(submission);
    }

    /** Hands the waiting items to a worker if a permit is free and a batch is due. Any thread. */
    void begin() {
        int permits;
        while ((permits = free.get()) > 0 && isDue()) {
            if (free.compareAndSet(permits, permits - 1)) {
                handOn();
                return;
            }
        }
    }

    /** The caller of a waiting item has claimed it and gone. */
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

    /** Counts items out. With the last waiting item the state of the overload is dropped. */
    private int leave(int count) {
        int live = alive.addAndGet(-count);
        if (live <= 0 && overload != null) {
            overload = null;
        }
        return live;
    }

    /** Looks for items that have waited too long. Called regularly, by one thread at a time. */
    void look() {
        Submission<I, O> oldest = oldest();
        if (oldest == null) {
            return;
        }
        LaneOverload known = overload;
        if (known == null) {
            overload =
                    LaneOverload.of(oldest, batcher.waits(), batcher.options(), batcher.counters());
            if (alive.get()
                    <= 0) { // the last item left meanwhile, before the state was there to drop
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

    /** Refuses items that have waited too long under lasting overload. Any thread. */
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

    /**
     * Takes the waiting items and runs them as one batch. The caller holds a permit. On a worker.
     */
    private void runNext() {
        List<Submission<I, O>> taken = List.of();
        try {
            taken = take();
            taken.removeIf(this::isDropped);
            if (!taken.isEmpty()) {
                new BatchRun<>(batcher, this, taken, this::batchEnded).start();
                return;
            }
        } catch (Throwable ex) { // for example: out of memory
            log("a batch could not begin; its items fail", ex);
            taken.forEach(each -> each.fail(ex));
        }
        release();
    }

    /** A batch has ended. Any thread. */
    private void batchEnded(long begunNanos) {
        LaneOverload known = overload;
        if (known != null) {
            known.returned(begunNanos, batcher.options().concurrency() - free.get());
        }
        release();
    }

    /** Gives a permit back and begins the next batch. */
    private void release() {
        free.incrementAndGet();
        beginOrFail();
        forgetIfIdle();
    }

    private void beginOrFail() {
        try {
            begin();
        } catch (Throwable ex) { // no other thread would take the waiting items
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

    /** Runs a task of this lane on its worker, exactly once. */
    void execute(Runnable task) {
        Once once = new Once(task);
        try {
            batcher.workerOf(group).execute(once);
            return;
        } catch (Throwable ex) { // a worker should throw nothing
            log("no worker could take a batch; it runs on the calling thread", ex);
        }
        once.run();
    }

    private void handOn() {
        try {
            execute(this::runNext);
        } catch (Throwable ex) { // nothing has run: out of memory
            free.incrementAndGet();
            throw ex;
        }
    }

    private List<Submission<I, O>> take() {
        refuseWaited();
        int most = Math.min(batcher.options().maxSize(), Math.max(0, alive.get()));
        List<Submission<I, O>> taken = new ArrayList<>(most); // allocate before items are claimed
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

    /** Returns whether a batch may begin now. If items must wait for others, starts the timer. */
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

    /** The batcher has dropped this lane. No item comes any more; the timer is cancelled. */
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

    /** Returns whether nothing waits and no batch is under way. */
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
