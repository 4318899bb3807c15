package io.fasterapi.cores;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.fasterapi.watch.Activity;
import java.util.Queue;
import reactor.util.concurrent.Queues;

/**
 * What one core has to do: the ring of new work and the queue of continuations. Filled by any
 * thread, drained by the core's.
 */
final class CoreQueue {

    /*
     * The ring is the Disruptor's, with its multi-producer sequencer and an event poller as the
     * single consumer; the poller lets one thread serve two sources, the bounded ring of new work
     * and the unbounded queue of continuations of work already admitted (refusing those would lose
     * exchanges).
     *
     * A batch ends when the ring is drained, after BATCH_ITEMS, or when it has taken longer than
     * BATCH_NANOS: then its slots become free and what it finished is handed back. Where items take
     * that long on average, what is ready is handed back before each of them.
     *
     * What the core is at is noted for the watchdog around each item and each continuation, without
     * a look at the clock of its own.
     */

    /** Items after which a batch ends, so that their slots are freed. */
    private static final int BATCH_ITEMS = 256;

    /** Nanoseconds after which a batch ends: several times what a wake-up of the loop costs. */
    private static final long BATCH_NANOS = 100_000;

    private static final String CONTINUATION = "continuation";

    private final HandlerCore core;
    private final RingBuffer<Slot> ring;
    private final EventPoller<Slot> poller;
    private final Queue<Runnable> continuations;
    private final CoreCounters counters;
    private final HandBack handBack;
    private final Activity activity;
    private final ServiceMean serviceMean = new ServiceMean(BATCH_NANOS);
    private final EventPoller.Handler<Slot> slotHandler = this::onSlot;

    private int batchItems;
    private long batchStartNanos;
    private long clockNanos;

    CoreQueue(HandlerCore core, int ringSize, HandBack handBack) {
        this.core = core;
        this.ring = RingBuffer.createMultiProducer(Slot::new, ringSize, new BusySpinWaitStrategy());
        this.poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
        this.continuations = Queues.<Runnable>unboundedMultiproducer().get();
        this.counters = core.counters();
        this.handBack = handBack;
        this.activity = core.activity();
    }

    /** Publishes work into the ring; false if it is full. Any thread. */
    boolean publish(CoreTask task) {
        long sequence;
        try {
            sequence = ring.tryNext();
        } catch (InsufficientCapacityException full) {
            return false;
        }
        ring.get(sequence).put(task, System.nanoTime());
        ring.publish(sequence);
        return true;
    }

    /** Queues a continuation. Any thread. */
    void offer(Runnable continuation) {
        continuations.offer(continuation);
    }

    long published() {
        return ring.getCursor() + 1;
    }

    int capacity() {
        return ring.getBufferSize();
    }

    long remaining() {
        return ring.remainingCapacity();
    }

    /** Returns how many items are published and not yet done with. */
    long depth() {
        return ring.getCursor() - poller.getSequence().get();
    }

    boolean isEmpty() {
        return depth() == 0 && continuations.isEmpty();
    }

    /** Runs one batch of each source; false if there was nothing. The core's thread only. */
    boolean drain() {
        boolean worked = drainRing();
        worked |= drainContinuations();
        return worked;
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
        return batchItems < BATCH_ITEMS && now - batchStartNanos < BATCH_NANOS && !core.isHalting();
    }

    private void runGuarded(CoreTask task) {
        try {
            activity.begin(task.route());
            task.run(core);
        } catch (Throwable ex) {
            abortGuarded(task, ex);
        }
        activity.end(null);
    }

    private boolean drainContinuations() {
        int done = 0;
        Runnable continuation;
        while (done < BATCH_ITEMS && (continuation = continuations.poll()) != null) {
            done++;
            activity.begin(CONTINUATION);
            runGuarded(continuation);
            activity.end(null);
        }
        if (done > 0) {
            counters.continued(done);
        }
        return done > 0;
    }

    private void runGuarded(Runnable continuation) {
        try {
            continuation.run();
        } catch (Throwable ex) {
            core.logError("a continuation failed", ex);
        }
    }

    /**
     * Aborts what is in the ring and runs every continuation, also those that these leave behind.
     * By whoever holds the lock of the core that has ended: on its thread or on another, so nothing
     * is noted of it for the watchdog.
     */
    void abort(Throwable cause) {
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
        Runnable continuation;
        while ((continuation = continuations.poll()) != null) {
            runGuarded(continuation);
            counters.continued(1);
        }
    }

    private void abortGuarded(CoreTask task, Throwable cause) {
        try {
            task.abort(cause);
        } catch (Throwable ex) {
            core.logError("could not abort a " + task.getClass().getName(), ex);
        }
    }
}
