package io.fasterapi.cores;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * One thread that runs what event loops publish into its ring. Everything except {@link #publish},
 * {@link #execute} and the readers belongs to that thread.
 */
public final class HandlerCore implements Worker {

    /*
     * The duty cycle: drain the ring, run continuations, hand back, and if there was nothing to do,
     * wait as the options say. The ring is the Disruptor's, with its multi-producer sequencer and an
     * event poller as the single consumer; the poller lets one thread serve two sources, the bounded
     * ring of new work and the unbounded queue of continuations of work already admitted (refusing
     * those would lose exchanges).
     *
     * A batch ends when the ring is drained, after BATCH_ITEMS, or when it has taken longer than
     * BATCH_NANOS: then its slots become free and what it finished is handed back. Where items take
     * that long on average, what is ready is handed back before each of them.
     *
     * Parking: the core raises `parked`, then looks again; a publisher publishes, then (after a full
     * fence) looks at `parked`. One of the two sees the other (Dekker). Publishers on an event loop
     * put their look off to the end of the loop's iteration (LoopWakes): one wake-up per read burst.
     */
    private static final System.Logger LOGGER = System.getLogger(HandlerCore.class.getName());

    /** Items after which a batch ends, so that their slots are freed. */
    private static final int BATCH_ITEMS = 256;

    /** Nanoseconds after which a batch ends: several times what a wake-up of the loop costs. */
    private static final long BATCH_NANOS = 100_000;

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
    private final RingBuffer<Slot> ring;
    private final EventPoller<Slot> poller;
    private final Queue<Runnable> continuations;
    private final CoreCounters counters = new CoreCounters();
    private final ServiceMean serviceMean = new ServiceMean(BATCH_NANOS);
    private final HandBack handBack = new HandBack(counters);
    private final IdleStrategy idle;
    private final CoreScheduler scheduler;
    private final String threadName;
    private volatile CoreThread thread;
    private final EventPoller.Handler<Slot> slotHandler = this::onSlot;
    private final Object drainLock = new Object();

    private volatile int state = NEW;
    private volatile boolean parked;

    private int batchItems;
    private long batchStartNanos;
    private long clockNanos;

    HandlerCore(int index, CoreOptions options) {
        this.index = index;
        this.pinned = options.pinned();
        this.ring =
                RingBuffer.createMultiProducer(
                        Slot::new, options.ringSize(), new BusySpinWaitStrategy());
        this.poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
        this.continuations = Queues.<Runnable>unboundedMultiproducer().get();
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

    /** Returns how many items have been published into the ring. */
    public long published() {
        return ring.getCursor() + 1;
    }

    /** Returns how many slots the ring has. */
    public int capacity() {
        return ring.getBufferSize();
    }

    /** Returns how many slots are free. */
    public long remaining() {
        return ring.remainingCapacity();
    }

    /** Returns whether the core's thread is alive. */
    public boolean isRunning() {
        return thread.isAlive();
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
        if (state != RUNNING) {
            counters.reject();
            return false;
        }
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            counters.reject();
            return false;
        }
        ring.get(sequence).put(task, System.nanoTime());
        ring.publish(sequence);
        return true;
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
        continuations.offer(continuation);
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

    /** Returns how many items are published and not yet done with. */
    long depth() {
        return ring.getCursor() - poller.getSequence().get();
    }

    HandBack handBack() {
        return handBack;
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
        parked = true;
        VarHandle.fullFence();
        if (depth() == 0 && continuations.isEmpty() && state == RUNNING) {
            LockSupport.park(this);
            Thread.interrupted(); // user code's interrupt must not keep this core from parking
        }
        parked = false;
    }

    private void loop() {
        try {
            if (pinned) {
                CpuPinning.pin(index);
            }
            while (state < HALTING && guardedCycle()) {
                Thread.onSpinWait();
            }
        } finally {
            state = STOPPED;
            try {
                abortRemaining();
            } finally {
                handBack.flush();
            }
        }
    }

    /** One round; a failure in it ends neither the core nor the work that waits for it. */
    private boolean guardedCycle() {
        try {
            return dutyCycle();
        } catch (Throwable ex) {
            logError("a round failed; going on", ex);
            LockSupport.parkNanos(this, FAILED_ROUND_NANOS);
            return true;
        }
    }

    /** Logs; what the log itself throws, out of memory for one, must not end the core. */
    private void logError(String message, Throwable cause) {
        try {
            LOGGER.log(System.Logger.Level.ERROR, name() + ": " + message, cause);
        } catch (Throwable ignored) {
            // There is nowhere left to say it.
        }
    }

    /** One round; false when the core is stopping and nothing is left to do. */
    private boolean dutyCycle() {
        boolean worked = drainRing();
        worked |= drainContinuations();
        handBack.flush();
        if (worked) {
            idle.reset();
            return true;
        }
        if (state != RUNNING && depth() == 0) {
            return false;
        }
        idle.idle(this);
        return true;
    }

    private boolean drainRing() {
        if (depth() == 0) {
            return false;
        }
        batchItems = 0;
        batchStartNanos = System.nanoTime();
        clockNanos = batchStartNanos;
        try {
            poller.poll(slotHandler);
        } catch (Exception ex) {
            throw new IllegalStateException("the slot handler throws nothing", ex);
        }
        if (batchItems > 0) {
            counters.drained(batchItems);
        }
        return true;
    }

    private boolean onSlot(Slot slot, long sequence, boolean endOfBatch) {
        long waited = clockNanos - slot.publishedAtNanos();
        CoreTask task = slot.take();
        if (serviceMean.isLong()) {
            handBack.flush(); // what is ready does not wait for a neighbour that may take long
        }
        runGuarded(task);
        long now = System.nanoTime();
        long service = now - clockNanos;
        counters.served(Math.max(0, waited), service);
        serviceMean.add(service);
        clockNanos = now;
        batchItems++;
        return batchItems < BATCH_ITEMS && now - batchStartNanos < BATCH_NANOS && state < HALTING;
    }

    private void runGuarded(CoreTask task) {
        try {
            task.run(this);
        } catch (Throwable ex) {
            abortGuarded(task, ex);
        }
    }

    private boolean drainContinuations() {
        int done = 0;
        Runnable continuation;
        while (done < BATCH_ITEMS && (continuation = continuations.poll()) != null) {
            done++;
            try {
                continuation.run();
            } catch (Throwable ex) {
                logError("a continuation failed", ex);
            }
        }
        if (done > 0) {
            counters.continued(done);
        }
        return done > 0;
    }

    /**
     * Aborts what nobody will run any more: on the ending core, or on a publisher that came late.
     */
    private void abortRemaining() {
        CoreStoppedException cause = new CoreStoppedException(name());
        synchronized (drainLock) {
            if (state != STOPPED) {
                return; // started again: the new thread runs what is left
            }
            try {
                while (depth() > 0) {
                    poller.poll(
                            (slot, sequence, end) -> {
                                abortGuarded(slot.take(), cause);
                                return true;
                            });
                }
            } catch (Exception ex) {
                throw new IllegalStateException("the slot handler throws nothing", ex);
            }
            while (drainContinuations()) {
                // also what these continuations left behind
            }
        }
    }

    private void abortGuarded(CoreTask task, Throwable cause) {
        try {
            task.abort(cause);
        } catch (Throwable ex) {
            logError("could not abort a " + task.getClass().getName(), ex);
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
