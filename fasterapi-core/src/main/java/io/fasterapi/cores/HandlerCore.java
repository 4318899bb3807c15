package io.fasterapi.cores;

import io.fasterapi.log.SafeLog;
import io.fasterapi.watch.Activity;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * One thread that runs what event loops publish into its ring. Everything except {@link #publish},
 * {@link #execute} and the readers belongs to that thread.
 */
public final class HandlerCore implements Worker {

    /*
     * The duty cycle: drain the ring, run continuations (CoreQueue), hand back, and if there was
     * nothing to do, wait as the options say.
     *
     * Parking: the core raises `parked`, then looks again; a publisher publishes, then (after a full
     * fence) looks at `parked`. One of the two sees the other (Dekker). Publishers on an event loop
     * put that look off while the core dozes (LoopWakes): one wake-up per read burst.
     */
    private static final System.Logger LOGGER = System.getLogger(HandlerCore.class.getName());

    /** Pause after a failed round, so that a failure that lasts does not fill the log. */
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
    private final HandBack handBack = new HandBack(counters);
    private final LostTime lost;
    private final CoreQueue queue;
    private final IdleStrategy idle;
    private final CoreScheduler scheduler;
    private final String threadName;
    private volatile CoreThread thread;
    private volatile int replacements;

    /** Rests after a failed round; a test's may fail. */
    LongConsumer rest = LockSupport::parkNanos;

    private final Object drainLock = new Object();
    private BooleanSupplier beforeRest = () -> false;
    private volatile int state = NEW;
    private volatile boolean parked;
    private volatile long parkedAtNanos;

    /** From here on a sleep is no pause between two bursts; a test's may be any. */
    long dozeNanos = 1_000_000;

    HandlerCore(int index, CoreOptions options, Pauses pauses) {
        this.index = index;
        this.pinned = options.pinned();
        this.lost = new LostTime(pauses);
        this.queue = new CoreQueue(this, options, lost, System::nanoTime);
        this.idle = IdleStrategy.of(options.waitMode());
        this.scheduler = new CoreScheduler(this);
        this.threadName = options.threadName() + index;
        this.thread = new CoreThread(this, this::loop, threadName);
    }

    /** Returns the position of this core in its group, from 0. */
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

    /** Returns what this core counts. */
    public CoreCounters counters() {
        return counters;
    }

    /** Returns what this core's thread is at, for a watchdog. */
    public Activity activity() {
        return activity;
    }

    /** Returns how many items have been published into the ring. */
    public long published() {
        return queue.published();
    }

    /** Returns how many slots the ring has. */
    public int capacity() {
        return queue.capacity();
    }

    /** Returns how many slots are free. */
    public long remaining() {
        return queue.remaining();
    }

    /** Returns how many threads of this core died of a failure and were replaced. */
    public int replacements() {
        return replacements;
    }

    /** Returns whether the core's thread is alive. */
    public boolean isRunning() {
        Thread current = thread;
        return current.isAlive() || (state == RUNNING && current.getState() == Thread.State.NEW);
    }

    /** Returns whether work that is published now would be run. */
    boolean accepts() {
        return state == RUNNING;
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /**
     * Publishes work without waking the core; the caller must call {@link #wake} after it. Any
     * thread.
     *
     * @return false if the ring is full or the core does not run: the work was not taken
     */
    boolean publish(CoreTask task) {
        if (state == RUNNING && queue.publish(task)) {
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

    /** Queues a continuation; the caller must see to the wake-up. */
    void offer(Runnable continuation) {
        queue.offer(continuation);
    }

    /** Makes sure that the core sees what the calling thread published before. */
    void wake() {
        VarHandle.fullFence();
        if (parked) {
            LockSupport.unpark(thread);
        } else if (state == STOPPED) {
            abortRemaining();
        }
    }

    /** Wakes the core if it has slept for long, once; false if it is awake or dozes. */
    boolean wakeFromSleep() {
        if (!parked || System.nanoTime() - parkedAtNanos < dozeNanos) {
            return false;
        }
        parkedAtNanos = System.nanoTime(); // who publishes while it gets up need not wake it again
        wake();
        return true;
    }

    /** Returns how many items are published and not yet done with. Any thread. */
    public long depth() {
        return queue.depth();
    }

    /** Returns for how long, in nanoseconds, the oldest item has waited; 0 without. Any thread. */
    public long oldestNanos() {
        return queue.oldestNanos();
    }

    /** Returns whether there is lasting overload, in which the newest work goes first. */
    public boolean isOverloaded() {
        return queue.isOverloaded();
    }

    HandBack handBack() {
        return handBack;
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
                state = STOPPED; // no thread to be had: nothing may wait for it
                throw ex;
            }
        }
    }

    /** Stops accepting work; what is in the ring still runs. */
    void beginStop() {
        if (state == RUNNING) {
            state = STOPPING;
            LockSupport.unpark(thread);
        }
    }

    /** Waits for the end, then gives up what is left: the work is aborted, not forgotten. */
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
            Thread.interrupted(); // user code's interrupt must not keep this core from parking
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
                    handBack.close();
                }
            }
        }
    }

    /** Goes on until the core stops; false if the thread must go, whatever was thrown. */
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

    /** What waits, and what was finished but not handed back, is the new thread's. */
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

    /** One round; a failure in it ends neither the core nor the work that waits for it. */
    private boolean guardedCycle() {
        try {
            return dutyCycle();
        } catch (Throwable ex) {
            logError("one round of its loop failed; the next one follows", ex);
            rest.accept(FAILED_ROUND_NANOS);
            return true;
        }
    }

    /** Logs; what the log itself throws, out of memory for one, must not end the core. */
    void logError(String message, Throwable cause) {
        SafeLog.error(LOGGER, () -> name() + ": " + message, cause);
    }

    /** One round; false when the core is stopping and nothing is left to do. */
    private boolean dutyCycle() {
        boolean worked = queue.drain();
        handBack.flush();
        if (!handBack.isEmpty()) { // a loop fails, or what was run here came again
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

    /** Takes what is to be done before the core rests: true if that was something. */
    void beforeRest(BooleanSupplier work) {
        beforeRest = work;
    }

    /** Returns whether work waits behind an item that takes long. Any thread. */
    boolean isStalled() {
        return queue.isStalled();
    }

    /** Wakes the core if it sleeps over work that no event loop has woken it for. Any thread. */
    void nudgeIfDue() {
        if (parked && !queue.isEmpty()) {
            LockSupport.unpark(thread);
        }
    }

    /** Lets the core look at its neighbours, if it is parked. Any thread. */
    void nudge() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns whether the time to finish is over. */
    boolean isHalting() {
        return state >= HALTING;
    }

    /** Aborts what nobody will run: on the ending core, or on a publisher that came late. */
    private void abortRemaining() {
        synchronized (drainLock) {
            if (state == STOPPED) { // else it was started again: its new thread runs what is left
                queue.abort(new CoreStoppedException(name()));
            }
        }
    }

    /** Returns the core whose thread is calling, or null. */
    public static @Nullable HandlerCore current() {
        return Thread.currentThread() instanceof CoreThread coreThread ? coreThread.core() : null;
    }

    @Override
    public String toString() {
        return name();
    }
}
