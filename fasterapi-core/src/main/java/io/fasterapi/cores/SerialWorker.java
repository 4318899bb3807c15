package io.fasterapi.cores;

import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

/**
 * Runs one exchange on threads that an executor gives it: its first task on one of its own, what
 * comes later one after the other on another, since the first may block until it has come. Any
 * thread may add tasks.
 */
final class SerialWorker implements Worker, Runnable {

    /*
     * Whoever raises `pending` from zero starts a thread, which runs tasks until it has lowered it
     * to zero again: never two at a time. `owner` is set and cleared by that thread alone, and a
     * thread that reads it finds itself there only if it is the one.
     */
    private static final System.Logger LOGGER = System.getLogger(SerialWorker.class.getName());

    private static final AtomicIntegerFieldUpdater<SerialWorker> PENDING =
            AtomicIntegerFieldUpdater.newUpdater(SerialWorker.class, "pending");

    private final Executor executor;
    private final Queue<Runnable> tasks = Queues.<Runnable>unboundedMultiproducer().get();
    private volatile int pending;
    private volatile @Nullable Thread owner;
    private volatile @Nullable Thread first;

    SerialWorker(Executor executor) {
        this.executor = executor;
    }

    /**
     * Runs the first task.
     *
     * @throws RejectedExecutionException if there is no thread for it
     */
    void start(Runnable task) {
        executor.execute(
                () -> {
                    first = Thread.currentThread();
                    try {
                        task.run();
                    } finally {
                        first = null;
                    }
                });
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
            try {
                executor.execute(this);
            } catch (RuntimeException | Error full) {
                Schedulers.boundedElastic().schedule(this); // admitted work is never refused
            }
        }
    }

    @Override
    public void run() {
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
            LOGGER.log(System.Logger.Level.ERROR, "a continuation failed", ex);
        }
    }
}
