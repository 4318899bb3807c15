package io.fasterapi.core;

import io.fasterapi.log.SafeLog;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * Runs one exchange on threads of an executor. The first task has a thread of its own. Later tasks
 * run one after the other on another thread, because the first may block until they have run. Any
 * thread may add tasks.
 */
final class SerialWorker implements Worker, Runnable {

    /*
     * The thread that raises `pending` from zero starts another, which runs tasks until it has
     * lowered `pending` to zero again. So no two run at a time. Only the running thread sets and
     * clears `owner`. A thread that reads its own name there is the running one.
     *
     * An executor that throws may have taken the task all the same. So the first task is claimed
     * once, by the thread that runs it or by the caller that takes it back. A later start that
     * finds nothing to do, or another thread at work, does nothing.
     */
    private static final System.Logger LOGGER = System.getLogger(SerialWorker.class.getName());

    private static final AtomicIntegerFieldUpdater<SerialWorker> PENDING =
            AtomicIntegerFieldUpdater.newUpdater(SerialWorker.class, "pending");

    private static final AtomicIntegerFieldUpdater<SerialWorker> DUE =
            AtomicIntegerFieldUpdater.newUpdater(SerialWorker.class, "due");

    private final Executor executor;
    private final Executor spare;
    private final Queue<Runnable> tasks = Queues.<Runnable>unboundedMultiproducer().get();
    private volatile int pending;

    /** 1 if a thread must come and run what is pending. */
    private volatile int due;

    private volatile @Nullable Thread owner;
    private volatile @Nullable Thread first;

    SerialWorker(Executor executor) {
        this(executor, Schedulers.boundedElastic()::schedule);
    }

    /**
     * Creates a worker.
     *
     * @param spare provides a thread if the executor has none
     */
    SerialWorker(Executor executor, Executor spare) {
        this.executor = executor;
        this.spare = spare;
    }

    /**
     * Runs the first task.
     *
     * @return false if no thread could be had; the task was not taken
     */
    boolean start(Runnable task) {
        return start(task, executor, () -> {});
    }

    /**
     * Runs the first task on a thread of the given executor.
     *
     * @param afterwards runs on that thread after the task
     * @return false if no thread could be had; the task was not taken
     */
    boolean start(Runnable task, Executor threads, Runnable afterwards) {
        First begun = new First(task, afterwards);
        try {
            threads.execute(begun);
            return true;
        } catch (Throwable full) {
            return !begun.compareAndSet(false, true); // unless it has begun all the same
        }
    }

    /** Runs the first task on the calling thread. */
    void runHere(Runnable task) {
        new First(task, () -> {}).run();
    }

    /** The first task. True once a thread has taken it or the caller has taken it back. */
    private final class First extends AtomicBoolean implements Runnable {

        private static final long serialVersionUID = 1L;

        private final transient Runnable task;
        private final transient Runnable afterwards;

        First(Runnable task, Runnable afterwards) {
            this.task = task;
            this.afterwards = afterwards;
        }

        @Override
        public void run() {
            if (compareAndSet(false, true)) {
                first = Thread.currentThread();
                try {
                    task.run();
                } finally {
                    first = null;
                    afterwards.run();
                }
            }
        }
    }

    @Override
    public boolean isCurrent() {
        Thread current = Thread.currentThread();
        return current == first || current == owner;
    }

    @Override
    public void execute(Runnable continuation) {
        tasks.offer(continuation);
        if (PENDING.getAndIncrement(this) == 0) {
            due = 1;
            try {
                executor.execute(this);
            } catch (Throwable full) {
                runElsewhere();
            }
        }
    }

    /**
     * Admitted work is never refused: it runs on a spare thread, or on this one if there is none.
     */
    private void runElsewhere() {
        try {
            spare.execute(this);
        } catch (Throwable full) {
            run();
        }
    }

    @Override
    public void run() {
        if (!DUE.compareAndSet(this, 1, 0)) {
            return; // an executor that threw has run it after all
        }
        owner = Thread.currentThread();
        int seen = 1;
        do {
            for (int i = 0; i < seen; i++) {
                runNext();
            }
            if (pending == seen) {
                owner = null; // before another thread can take over
            }
            seen = PENDING.addAndGet(this, -seen);
            if (seen > 0) {
                owner = Thread.currentThread();
            }
        } while (seen > 0);
    }

    private void runNext() {
        Runnable task = tasks.poll();
        if (task == null) {
            return;
        }
        try {
            task.run();
        } catch (Throwable ex) {
            SafeLog.error(LOGGER, () -> "a continuation of a request failed", ex);
        }
    }
}
