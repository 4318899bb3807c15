package io.fasterapi.cores;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.fasterapi.watch.Activity;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
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
     * Work that has waited for longer than WaitBound allows is given up. While the core is
     * overloaded, and the last in the queue would be too late if all were served in order, it takes
     * everything out of the ring into its backlog and runs the newest first. (Not as soon as it is
     * overloaded: clients that ask again at once would starve each other.) The last that waits may
     * do so for as long as without overload, as CoDel never drops the last of a queue: given up, it
     * would leave the core with nothing to do until the next one comes.
     *
     * While a core is at one item for long, others may take what waits behind it out of its slots;
     * it finds these empty then.
     *
     * What the core is at is noted for the watchdog around each item and each continuation, without
     * a look at the clock of its own.
     */

    /** Items after which a batch ends, so that their slots are freed. */
    private static final int BATCH_ITEMS = 256;

    /** Nanoseconds after which a batch ends: several times what a wake-up of the loop costs. */
    private static final long BATCH_NANOS = 100_000;

    /** How many items the mean of the service time is about. */
    private static final int MEAN_OF = 8;

    /** Nanoseconds after which what waits behind an item may be taken by another core. */
    private static final long STALLED_NANOS = 2_000_000;

    /** Instead of a time: the core is at nothing, which is not to be taken for a stall. */
    private static final long IDLE = Long.MAX_VALUE;

    private static final AtomicLongFieldUpdater<CoreQueue> CLOCK =
            AtomicLongFieldUpdater.newUpdater(CoreQueue.class, "clockNanos");

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
    private final EventPoller.Handler<Slot> stackHandler = this::stack;
    private final WaitBound bound;
    private final Backlog backlog = new Backlog();

    private boolean wasEmpty = true;
    private long meanNanos;
    private int batchItems;
    private long batchStartNanos;

    /** When the item that the core is at began, or IDLE; written by the core alone. */
    private volatile long clockNanos = IDLE;

    CoreQueue(HandlerCore core, CoreOptions options, HandBack handBack, Pauses pauses) {
        this.core = core;
        this.bound = new WaitBound(options.waits(), pauses);
        this.ring =
                RingBuffer.createMultiProducer(
                        Slot::new, options.ringSize(), new BusySpinWaitStrategy());
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
        return ring.getCursor() - poller.getSequence().get() + backlog.size();
    }

    boolean isEmpty() {
        return depth() == 0 && continuations.isEmpty();
    }

    /** Runs one batch of each source; false if there was nothing. The core's thread only. */
    boolean drain() {
        boolean worked = drainRing();
        worked |= drainContinuations();
        if (worked) {
            CLOCK.lazySet(this, IDLE);
        }
        return worked;
    }

    private boolean drainRing() {
        if (depth() == 0) {
            wasEmpty = true;
            return false;
        }
        batchItems = 0;
        batchStartNanos = System.nanoTime();
        CLOCK.lazySet(this, batchStartNanos);
        if (wasEmpty) {
            wasEmpty = false;
            bound.empty(batchStartNanos);
        }
        if (backlog.size() > 0 || isNewestFirst()) {
            drainBacklog();
        } else {
            poll(slotHandler);
        }
        if (batchItems > 0) {
            counters.drained(batchItems);
        }
        return true;
    }

    private boolean onSlot(Slot slot, long sequence, boolean endOfBatch) {
        long publishedAt = slot.publishedAtNanos();
        CoreTask task = slot.take();
        if (task != null && !isGivenUp(task, publishedAt, isLast(sequence))) {
            serve(task, publishedAt);
        }
        return mayGoOn();
    }

    private boolean mayGoOn() {
        return batchItems < BATCH_ITEMS
                && clockNanos - batchStartNanos < BATCH_NANOS
                && !core.isHalting();
    }

    private void poll(EventPoller.Handler<Slot> handler) {
        try {
            poller.poll(handler);
        } catch (Exception ex) {
            throw new IllegalStateException("the slot handler throws nothing", ex);
        }
    }

    /** Whether the last in the queue would be too late if all were served in order. */
    private boolean isNewestFirst() {
        return bound.isOverloaded(clockNanos) && bound.isTooMuch(depth() * meanNanos);
    }

    private void drainBacklog() {
        do {
            poll(stackHandler);
            giveUpOldest();
            Backlog.Waiting next = isNewestFirst() ? backlog.takeNewest() : backlog.takeOldest();
            if (next == null) {
                return;
            }
            serve(next.task(), next.publishedAtNanos());
        } while (mayGoOn());
    }

    private boolean stack(Slot slot, long sequence, boolean endOfBatch) {
        long publishedAt = slot.publishedAtNanos();
        CoreTask task = slot.take();
        if (task == null) {
            return true;
        }
        if (task.isOrdered()) {
            if (!isGivenUp(task, publishedAt, isLast(sequence))) {
                serve(task, publishedAt);
            }
            return mayGoOn();
        }
        backlog.add(task, publishedAt);
        return true;
    }

    /** The oldest goes if it waited for too long, or if there are more than a ring holds. */
    private void giveUpOldest() {
        Backlog.Waiting oldest;
        while ((oldest = backlog.oldest()) != null) {
            boolean tooMany = backlog.size() > ring.getBufferSize();
            if (!tooMany && !isTooLong(oldest.publishedAtNanos(), depth() == 1)) {
                return;
            }
            backlog.takeOldest();
            if (!giveUp(oldest.task())) {
                serve(oldest.task(), oldest.publishedAtNanos());
            }
        }
    }

    private boolean isGivenUp(CoreTask task, long publishedAt, boolean last) {
        return isTooLong(publishedAt, last) && giveUp(task);
    }

    private boolean isTooLong(long publishedAt, boolean last) {
        return bound.isTooLong(publishedAt, clockNanos, counters.taken(), last);
    }

    /** Whether nothing waits behind that slot, nor beside the ring. */
    private boolean isLast(long sequence) {
        return sequence == ring.getCursor() && backlog.size() == 0;
    }

    private boolean giveUp(CoreTask task) {
        try {
            return task.giveUp();
        } catch (Throwable ex) {
            abortGuarded(task, ex);
            return true;
        }
    }

    private void serve(CoreTask task, long publishedAt) {
        long waited = clockNanos - publishedAt;
        if (serviceMean.isLong()) {
            handBack.flush(); // what is ready does not wait for a neighbour that may take long
        }
        runGuarded(task);
        long now = System.nanoTime();
        long service = now - clockNanos;
        counters.served(Math.max(0, waited), service);
        serviceMean.add(service);
        meanNanos += (service - meanNanos) / MEAN_OF;
        CLOCK.lazySet(this, now);
        batchItems++;
    }

    /**
     * Returns whether work that another may do waits behind an item that takes long. Any thread.
     */
    boolean isStalled() {
        long since = clockNanos;
        return since != IDLE && System.nanoTime() - since > STALLED_NANOS && hasStealable();
    }

    /** The poller's sequence moves with each batch, so what the core is at is among these slots. */
    private boolean hasStealable() {
        long last = ring.getCursor();
        for (long at = poller.getSequence().get() + 1; at <= last; at++) {
            if (ring.get(at).stealable() != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs what waits in the ring of a stalled core, as long as that is at the same item. On the
     * thread of this core.
     */
    boolean rescue(CoreQueue stalled) {
        long item = stalled.clockNanos;
        if (item == IDLE) {
            return false;
        }
        long last = stalled.ring.getCursor();
        boolean found = false;
        for (long at = stalled.poller.getSequence().get() + 1; at <= last; at++) {
            if (stalled.clockNanos != item || !isEmpty() || core.isHalting()) {
                break;
            }
            Slot slot = stalled.ring.get(at);
            CoreTask task = slot.stealable();
            long publishedAt = slot.publishedAtNanos();
            if (task != null && slot.steal(task)) {
                found = true;
                long now = System.nanoTime();
                CLOCK.lazySet(this, now);
                bound.empty(now); // a core that has time for this is not overloaded
                if (!isGivenUp(task, publishedAt, false)) {
                    serve(task, publishedAt);
                }
                handBack.flush();
            }
        }
        if (found) {
            CLOCK.lazySet(this, IDLE);
        }
        return found;
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
            if (done++ == 0) {
                CLOCK.lazySet(this, System.nanoTime());
            }
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
            while (ring.getCursor() - poller.getSequence().get() > 0) {
                poller.poll(
                        (slot, sequence, end) -> {
                            abortGuarded(slot.take(), cause);
                            return true;
                        });
            }
            Backlog.Waiting left;
            while ((left = backlog.takeNewest()) != null) {
                abortGuarded(left.task(), cause);
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

    private void abortGuarded(@Nullable CoreTask task, Throwable cause) {
        if (task == null) {
            return; // another core has run it
        }
        try {
            task.abort(cause);
        } catch (Throwable ex) {
            core.logError("could not abort a " + task.getClass().getName(), ex);
        }
    }
}
