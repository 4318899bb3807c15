package io.fasterapi.core;

import io.fasterapi.log.SafeLog;
import io.fasterapi.watchdog.Activity;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * A handler core: one thread that runs the work which event loops publish into its ring. Any thread
 * may call {@link #publish}, {@link #execute} and the readers; all else belongs to the core's
 * thread.
 */
public final class HandlerCore implements Worker {

    /*
     * One round drains the ring, runs continuations (CoreQueue) and hands answers back. Parking: the
     * core sets `parked`, then looks for work again. A publisher publishes, then reads `parked`
     * after a full fence. So one of the two sees the other (Dekker). Event loops delay that read
     * while the core dozes (WakeupCoalescer).
     */
    private static final System.Logger LOGGER = System.getLogger(HandlerCore.class.getName());

    /** Pause after a failed round, so that a lasting failure does not fill the log. */
    private static final long FAILED_ROUND_NANOS = 1_000_000;

    private static final int NEW = 0;
    private static final int RUNNING = 1;
    private static final int STOPPING = 2;
    private static final int HALTING = 3;
    private static final int STOPPED = 4;
    private static final AtomicIntegerFieldUpdater<HandlerCore> STATE =
            AtomicIntegerFieldUpdater.newUpdater(HandlerCore.class, "state");

    private final int index;
    private final boolean pinned;
    private final CoreCounters counters = new CoreCounters();
    private final Activity activity = new Activity();
    private final CompletionBatch completionBatch = new CompletionBatch(counters);
    private final LostTime lost;
    private final CoreQueue queue;
    private final IdleStrategy idle;
    private final CoreScheduler scheduler;
    private final String threadName;
    private final Object drainLock = new Object();
    private volatile CoreThread thread;
    private volatile int replacements;
    private BooleanSupplier beforeRest = () -> false;
    private volatile int state = NEW;
    private volatile boolean parked;
    private volatile long parkedAtNanos;

    /** Pauses after a failed round. Tests replace it. */
    LongConsumer rest = LockSupport::parkNanos;

    /** A sleep this long is no longer a doze between two bursts. Tests change it. */
    long dozeNanos = 1_000_000;

    HandlerCore(int index, CoreOptions options, PauseDetector pauses) {
        this.index = index;
        this.pinned = options.pinned();
        this.lost = new LostTime(pauses);
        this.queue = new CoreQueue(this, options, lost, System::nanoTime);
        this.idle = IdleStrategy.of(options.waitMode());
        this.scheduler = new CoreScheduler(this);
        this.threadName = options.threadName() + index;
        this.thread = new CoreThread(this, this::loop, threadName);
    }

    /** Returns the index of this core in its group, from 0. */
    public int index() {
        return index;
    }

    /** Returns the name of this core's thread. */
    public String name() {
        return threadName;
    }

    /** Returns a scheduler whose tasks run on this core. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** Returns the counters of this core. */
    public CoreCounters counters() {
        return counters;
    }

    /** Returns what this core's thread does now, for a watchdog. */
    public Activity activity() {
        return activity;
    }

    /** Returns how many items were published into the ring so far. */
    public long published() {
        return queue.ring().cursor() + 1;
    }

    /** Returns how many slots the ring has. */
    public int capacity() {
        return queue.ring().capacity();
    }

    /** Returns how many slots are free. */
    public long remaining() {
        return queue.ring().remaining();
    }

    /** Returns how many threads of this core have died of a failure and were replaced. */
    public int replacements() {
        return replacements;
    }

    /** Returns whether the core's thread is alive. */
    public boolean isRunning() {
        Thread current = thread;
        return current.isAlive() || (state == RUNNING && current.getState() == Thread.State.NEW);
    }

    /** Returns whether the core accepts new work. */
    boolean accepts() {
        return state == RUNNING;
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Publishes work that waits from now on. */
    boolean publish(CoreTask task) {
        return publish(task, System.nanoTime());
    }

    /**
     * Publishes work that waits from a time on, without waking the core. The caller must call
     * {@link #wake} next. Any thread.
     *
     * @return false if the ring is full or the core does not run; the work was not taken
     */
    boolean publish(CoreTask task, long nowNanos) {
        if (state == RUNNING && queue.publish(task, nowNanos)) {
            return true;
        }
        counters.reject();
        return false;
    }

    @Override
    public void execute(Runnable continuation) {
        offer(continuation);
        if (!isCurrent()) {
            wake();
        }
    }

    /** Adds a continuation without waking the core. The caller must wake it. */
    void offer(Runnable continuation) {
        queue.offer(continuation);
    }

    /** Makes sure that the core sees what the calling thread has published. */
    void wake() {
        VarHandle.fullFence();
        if (parked) {
            LockSupport.unpark(thread);
        } else if (state == STOPPED) {
            abortRemaining();
        }
    }

    /** Wakes the core if it has slept long. Returns false if it is awake or dozes. */
    boolean wakeFromSleep(long nowNanos) {
        if (!parked || nowNanos - parkedAtNanos < dozeNanos) {
            return false;
        }
        parkedAtNanos = nowNanos; // publishers need not wake it again while it gets up
        wake();
        return true;
    }

    /** Returns how many published items are not done yet. Any thread. */
    public long depth() {
        return queue.depth();
    }

    /** Returns how many nanoseconds the oldest item has waited, or 0 if none waits. Any thread. */
    public long oldestNanos() {
        return queue.oldestNanos();
    }

    /** Returns whether the core is overloaded. Its newest work goes first then. */
    public boolean isOverloaded() {
        return queue.isOverloaded();
    }

    CompletionBatch completionBatch() {
        return completionBatch;
    }

    CoreQueue queue() {
        return queue;
    }

    void start() {
        synchronized (drainLock) {
            if (state == STOPPED) {
                thread = new CoreThread(this, this::loop, threadName);
            } else if (state != NEW) {
                throw new IllegalStateException(name() + ": running (expected: new or stopped)");
            }
            state = RUNNING;
            try {
                thread.start();
            } catch (Throwable ex) {
                state = STOPPED; // no thread could be started: nothing may wait for it
                throw ex;
            }
        }
    }

    /** Stops accepting work. The work in the ring still runs. */
    void beginStop() {
        if (state == RUNNING) {
            state = STOPPING;
            LockSupport.unpark(thread);
        }
    }

    /** Waits for the end, at most for the limit. After that the rest is aborted. */
    void awaitStop(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        if (thread.isAlive()) {
            STATE.compareAndSet(this, STOPPING, HALTING); // it may just have stopped
            thread.interrupt();
            LockSupport.unpark(thread);
        }
    }

    /** Parks unless there is work. The core's thread only. */
    void park() {
        parkedAtNanos = System.nanoTime();
        parked = true;
        VarHandle.fullFence();
        if (queue.isEmpty() && state == RUNNING) {
            LockSupport.park(this);
            Thread.interrupted(); // clears an interrupt by user code, which would prevent parking
        }
        parked = false;
    }

    private void loop() {
        boolean replaced = false;
        try {
            activity.attach();
            lost.attach();
            if (pinned) {
                CpuPinning.pin(index);
            }
            replaced = !cycles() && replaceThread();
        } finally {
            if (!replaced) {
                state = STOPPED;
                try {
                    abortRemaining();
                } finally {
                    completionBatch.close();
                }
            }
        }
    }

    /**
     * Runs rounds until the core stops. Returns false if the thread has failed and must be
     * replaced.
     */
    private boolean cycles() {
        try {
            while (state < HALTING && guardedCycle()) {
                Thread.onSpinWait();
            }
            return true;
        } catch (Throwable ex) {
            logError("its thread died and is replaced", ex);
            return false;
        }
    }

    /** Starts a new thread, which takes over the work and the answers. */
    private boolean replaceThread() {
        synchronized (drainLock) {
            if (state != RUNNING) {
                return false;
            }
            try {
                CoreThread next = new CoreThread(this, this::loop, threadName);
                thread = next;
                replacements++;
                next.start();
                return true;
            } catch (Throwable ex) {
                logError("no new thread could be started", ex);
                return false;
            }
        }
    }

    /** Runs one round. A failure ends neither the core nor the work that waits for it. */
    private boolean guardedCycle() {
        try {
            return dutyCycle();
        } catch (Throwable ex) {
            logError("one round of its loop failed; the next one follows", ex);
            rest.accept(FAILED_ROUND_NANOS);
            return true;
        }
    }

    /** Logs an error. A failure of the log must not end the core. */
    void logError(String message, Throwable cause) {
        SafeLog.error(LOGGER, () -> name() + ": " + message, cause);
    }

    /** Runs one round. Returns false if the core is stopping and nothing is left to do. */
    private boolean dutyCycle() {
        boolean worked = queue.drain();
        completionBatch.flush();
        if (!completionBatch.isEmpty()) { // a loop failed, or an item that ran here was added again
            if (!worked) {
                LockSupport.parkNanos(this, FAILED_ROUND_NANOS);
            }
            return true;
        }
        if (worked) {
            idle.reset();
            return true;
        }
        if (state != RUNNING && depth() == 0) {
            return false;
        }
        if (!beforeRest.getAsBoolean()) {
            idle.idle(this);
        }
        return true;
    }

    /** Sets what the core does before it waits. It returns true if it did something. */
    void beforeRest(BooleanSupplier work) {
        beforeRest = work;
    }

    /** Returns whether work waits behind an item that takes long. Any thread. */
    boolean isStalled() {
        return queue.isStalled();
    }

    /** Wakes the core if it sleeps although it has work. Any thread. */
    void nudgeIfDue() {
        if (!queue.isEmpty()) {
            nudge();
        }
    }

    /** Wakes the core if it is parked, to look at the other cores. Any thread. */
    void nudge() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns whether the time to finish is over. */
    boolean isHalting() {
        return state >= HALTING;
    }

    /** Aborts the rest. On the ending core, or on a publisher that came too late. */
    private void abortRemaining() {
        synchronized (drainLock) {
            if (state == STOPPED) { // else a new thread runs the rest
                queue.abort(new CoreStoppedException(name()));
            }
        }
    }

    /** Returns the core of the calling thread, or null if it is not a core. */
    public static @Nullable HandlerCore current() {
        return Thread.currentThread() instanceof CoreThread coreThread ? coreThread.core() : null;
    }

    @Override
    public String toString() {
        return name();
    }
}
