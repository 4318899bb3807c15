package io.fasterapi.cores;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

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
     * BATCH_NANOS: then its slots become free and what it finished is handed back. What is ready is
     * also handed back before each item that may take as long as that by itself (LongCalls).
     * Between a publisher's claim of a slot and its publication there is nothing to run: the core
     * may park meanwhile, since the publisher looks whether it is parked after that.
     * Work that has waited for longer than WaitBound allows is given up. While the core is
     * overloaded, and the last in the queue would be too late if all were served in order, it takes
     * everything out of the ring into its backlog and runs the newest first. (Not as soon as it is
     * overloaded: clients that ask again at once would starve each other.) The last that waits may
     * do so for as long as without overload, as CoDel never drops the last of a queue: given up, it
     * would leave the core with nothing to do until the next one comes.
     *
     * While a core is at one item for long, others may take what waits behind it out of its slots;
     * it finds these empty then.
     */

    /** Items after which a batch ends, so that their slots are freed. */
    private static final int BATCH_ITEMS = 256;

    /** Nanoseconds after which a batch ends: several times what a wake-up of the loop costs. */
    private static final long BATCH_NANOS = 100_000;

    /** Nanoseconds after which what waits behind an item may be taken by another core. */
    private static final long STALLED_NANOS = 2_000_000;

    /** Instead of a sequence: no slot is free. */
    static final long FULL = -1;

    /** Instead of a time: the core is at nothing, which is not to be taken for a stall. */
    private static final long IDLE = Long.MAX_VALUE;

    private static final AtomicLongFieldUpdater<CoreQueue> CLOCK =
            AtomicLongFieldUpdater.newUpdater(CoreQueue.class, "clockNanos");

    private final HandlerCore core;
    private final RingBuffer<Slot> ring;
    private final EventPoller<Slot> poller;
    private final Continuations continuations;
    private final CoreCounters counters;
    private final HandBack handBack;
    private final TaskCalls tasks;
    private final LongCalls longCalls = new LongCalls(BATCH_NANOS);
    private final EventPoller.Handler<Slot> slotHandler = this::onSlot;
    private final EventPoller.Handler<Slot> stackHandler = this::stack;
    private final WaitBound bound;
    private final Backlog backlog = new Backlog();

    private boolean wasEmpty = true;
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
        this.counters = core.counters();
        this.handBack = handBack;
        this.continuations = new Continuations(core, handBack, longCalls);
        this.tasks = new TaskCalls(core);
    }

    /** Publishes work into the ring; false if it is full. Any thread. */
    boolean publish(CoreTask task) {
        long sequence = claim();
        if (sequence == FULL) {
            return false;
        }
        publish(sequence, task);
        return true;
    }

    /** Claims a slot, which has to be published; FULL if there is none. Any thread. */
    long claim() {
        try {
            return ring.tryNext();
        } catch (InsufficientCapacityException full) {
            return FULL;
        }
    }

    /** Publishes a claimed slot, whatever happens: an empty one is skipped, a lost one is not. */
    void publish(long sequence, CoreTask task) {
        try {
            ring.get(sequence).put(task, System.nanoTime());
        } finally {
            ring.publish(sequence);
        }
    }

    /** Queues a continuation. Any thread. */
    void offer(Runnable continuation) {
        continuations.offer(continuation);
    }

    /** Counts the continuations that wait. Any thread. */
    int continuations() {
        return continuations.size();
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

    /** Returns for how long the oldest item has waited that nobody has begun; 0 without any. */
    long oldestNanos() {
        if (backlog.size() > 0) {
            return Math.max(0, System.nanoTime() - backlog.oldestAtNanos());
        }
        long last = ring.getCursor();
        for (long at = poller.getSequence().get() + 1; at <= last; at++) {
            Slot slot = ring.get(at);
            if (slot.isTaken()) {
                continue;
            }
            return Math.max(0, System.nanoTime() - slot.publishedAtNanos());
        }
        return 0;
    }

    /** Returns after how long what waits now would have been served, by what the last took. */
    long drainNanos() {
        return depth() * counters.meanServiceNanos();
    }

    /** Returns whether there is nothing that could be run now. */
    boolean isEmpty() {
        return !hasNext() && continuations.isEmpty();
    }

    private boolean hasNext() {
        return ring.isAvailable(poller.getSequence().get() + 1) || backlog.size() > 0;
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
        if (!hasNext()) {
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
        return bound.isOverloaded(clockNanos) && bound.isTooMuch(drainNanos());
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
        if (tasks.isOrdered(task)) {
            if (!isGivenUp(task, publishedAt, isLast(sequence))) {
                serve(task, publishedAt);
            }
            return mayGoOn();
        }
        try {
            backlog.add(task, publishedAt);
        } catch (Throwable ex) { // no memory for another place
            tasks.abort(task, ex);
        }
        return true;
    }

    private void giveUpOldest() {
        Backlog.Waiting oldest;
        while ((oldest = backlog.oldest()) != null) {
            boolean tooMany = backlog.size() > ring.getBufferSize();
            if (!tooMany && !isTooLong(oldest.publishedAtNanos(), depth() == 1)) {
                return;
            }
            backlog.takeOldest();
            if (!tasks.giveUp(oldest.task())) {
                serve(oldest.task(), oldest.publishedAtNanos());
            }
        }
    }

    private boolean isGivenUp(CoreTask task, long publishedAt, boolean last) {
        return isTooLong(publishedAt, last) && tasks.giveUp(task);
    }

    private boolean isTooLong(long publishedAt, boolean last) {
        return bound.isTooLong(publishedAt, clockNanos, counters.taken(), last);
    }

    private boolean isLast(long sequence) {
        return sequence == ring.getCursor() && backlog.size() == 0;
    }

    private void serve(CoreTask task, long publishedAt) {
        long waited = clockNanos - publishedAt;
        Object route = tasks.routeOf(task);
        if (!handBack.isEmpty() && longCalls.mayBe(route)) {
            handBack.flush(); // what is ready does not wait for a neighbour that may take long
        }
        tasks.run(task, route);
        long now = System.nanoTime();
        long service = now - clockNanos;
        counters.served(Math.max(0, waited), service);
        longCalls.took(route, service);
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

    private boolean drainContinuations() {
        if (continuations.isEmpty()) {
            return false;
        }
        long now = System.nanoTime();
        CLOCK.lazySet(this, now);
        continuations.drain(now);
        return true;
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
                            CoreTask task = slot.take();
                            if (task != null) { // else another core has run it
                                tasks.abort(task, cause);
                            }
                            return true;
                        });
            }
            Backlog.Waiting left;
            while ((left = backlog.takeNewest()) != null) {
                tasks.abort(left.task(), cause);
            }
        } catch (Exception ex) {
            throw new IllegalStateException("the slot handler throws nothing", ex);
        }
        continuations.runAll();
    }
}
