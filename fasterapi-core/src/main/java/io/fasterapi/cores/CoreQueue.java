package io.fasterapi.cores;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.LongSupplier;

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
     * A batch ends when the ring is drained, after BATCH_ITEMS, or after BATCH_NANOS: then its slots
     * become free and what it finished is handed back, as is what is ready before each item that
     * may take as long as that by itself (LongCalls). Between a publisher's claim of a slot and its
     * publication there is nothing to run: the core may park, since the publisher looks after that.
     *
     * While the core is overloaded (OverloadControl), it takes everything out of the ring into its
     * backlog; but what must be run in order, or is essential, is run when its turn comes there.
     * While it is at one item for long, others may take what waits behind that out of its slots
     * (WaitingSlots): idle cores, and threads of their own for what may run there (RouteMoves).
     */

    /** Items after which a batch ends, so that their slots are freed. */
    private static final int BATCH_ITEMS = 256;

    /** Nanoseconds after which a batch ends: several times what a wake-up of the loop costs. */
    private static final long BATCH_NANOS = 100_000;

    /** Nanoseconds after which what waits behind an item may be taken by another core. */
    private static final long STALLED_NANOS = 2_000_000;

    /** Instead of a sequence: no slot is free. */
    static final long FULL = -1;

    private static final long IDLE = WaitingSlots.IDLE;

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
    private final OverloadControl overload;
    private final LostTime lost;
    private final LongSupplier nanoTime;
    private final Backlog backlog = new Backlog();
    private final WaitingSlots slots;
    private final RouteMoves moves;
    private int batchItems;
    private long batchStartNanos;

    /** When the item that the core is at began, or IDLE; written by the core alone. */
    private volatile long clockNanos = IDLE;

    CoreQueue(HandlerCore core, CoreOptions options, LostTime lost, LongSupplier nanoTime) {
        this.core = core;
        this.lost = lost;
        this.nanoTime = nanoTime;
        this.ring =
                RingBuffer.createMultiProducer(
                        Slot::new, options.ringSize(), new BusySpinWaitStrategy());
        this.poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
        this.counters = core.counters();
        this.overload = new OverloadControl(options.waits(), counters, lost);
        this.handBack = core.handBack();
        this.continuations = new Continuations(core, handBack, longCalls);
        this.tasks = new TaskCalls(core);
        this.slots = new WaitingSlots(ring, poller.getSequence(), () -> clockNanos);
        this.moves = new RouteMoves(tasks, slots, counters);
    }

    /** Returns what gives work to threads of its own. */
    RouteMoves moves() {
        return moves;
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
            ring.get(sequence).put(task, nanoTime.getAsLong(), lost.nanos());
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
            return Math.max(0, nanoTime.getAsLong() - backlog.oldestAtNanos());
        }
        Slot oldest = slots.first(slot -> !slot.isTaken());
        return oldest == null ? 0 : Math.max(0, nanoTime.getAsLong() - oldest.publishedAtNanos());
    }

    long drainNanos() {
        return depth() * counters.paceNanos();
    }

    boolean isOverloaded() {
        return overload.isOverloaded();
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
        boolean worked = true;
        try {
            worked = drainRing();
            worked |= drainContinuations();
            return worked;
        } finally {
            if (worked) { // or thrown
                CLOCK.lazySet(this, IDLE);
            }
        }
    }

    private boolean drainRing() {
        if (!hasNext()) {
            overload.empty();
            return false;
        }
        batchItems = 0;
        batchStartNanos = nanoTime.getAsLong();
        CLOCK.lazySet(this, batchStartNanos);
        lost.look(batchStartNanos);
        if (backlog.size() > 0 || overload.isOverloaded()) {
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
        long lostBefore = slot.lostBeforeNanos();
        CoreTask task = slot.take();
        if (task == null) {
            return mayGoOn();
        }
        if (isOverload(publishedAt, lostBefore) && !isNext(task)) {
            stack(task, publishedAt, lostBefore); // the oldest of what waits now
            return false;
        }
        serve(task, publishedAt);
        return mayGoOn();
    }

    /** Whether overload begins with what has been taken in the order of arrival. */
    private boolean isOverload(long publishedAt, long lostBefore) {
        return overload.isTooLong(clockNanos - publishedAt)
                && overload.begins(publishedAt, lostBefore, drainNanos(), clockNanos);
    }

    /** Whether work is run when its turn comes in the ring, also under overload. */
    private boolean isNext(CoreTask task) {
        return tasks.isEssential(task) || tasks.isOrdered(task);
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
            throw new IllegalStateException("the handler of a ring's slots failed", ex);
        }
    }

    private void drainBacklog() {
        do {
            if (overload.isOverloaded()) {
                poll(stackHandler);
                giveUpOldest();
                overload.look(depth(), drainNanos(), clockNanos);
            } // else what came before an overload that was none
            Backlog.Waiting oldest = backlog.oldest();
            if (oldest == null) {
                return;
            }
            boolean newestFirst =
                    overload.isOverloaded()
                            || isOverload(oldest.atNanos(), oldest.lostBeforeNanos());
            serve(newestFirst ? backlog.takeNewest() : backlog.takeOldest());
        } while (mayGoOn());
    }

    private boolean stack(Slot slot, long sequence, boolean endOfBatch) {
        long publishedAt = slot.publishedAtNanos();
        long lostBefore = slot.lostBeforeNanos();
        CoreTask task = slot.take();
        if (task == null) {
            return true;
        }
        if (!isNext(task)) {
            stack(task, publishedAt, lostBefore);
            return true;
        }
        boolean last = sequence == ring.getCursor() && backlog.size() == 0;
        boolean late = !last && overload.givesUp(publishedAt, lostBefore, clockNanos);
        if (!late || !tasks.giveUp(task)) {
            serve(task, publishedAt);
        }
        return mayGoOn();
    }

    private void stack(CoreTask task, long publishedAt, long lostBefore) {
        try {
            backlog.add(task, publishedAt, lostBefore);
        } catch (Throwable ex) { // no memory for another place
            tasks.abort(task, ex);
        }
    }

    /** As in CoDel the last of a queue stays: without it the core would have nothing to do. */
    private void giveUpOldest() {
        Backlog.Waiting oldest;
        while ((oldest = backlog.oldest()) != null
                && (backlog.size() > ring.getBufferSize()
                        || (depth() > 1 && overload.givesUp(oldest, clockNanos)))) {
            backlog.takeOldest();
            if (!tasks.giveUp(oldest.task())) {
                serve(oldest);
            }
        }
    }

    private void serve(Backlog.Waiting waiting) {
        serve(waiting.task(), waiting.atNanos());
    }

    private void serve(CoreTask task, long publishedAt) {
        if (moves.take(task, publishedAt)) {
            batchItems++;
            return;
        }
        long waited = clockNanos - publishedAt;
        Object route = tasks.routeOf(task);
        if (!handBack.isEmpty() && longCalls.mayBe(route)) {
            handBack.flush(); // what is ready does not wait for a neighbour that may take long
        }
        tasks.run(task, route);
        long now = nanoTime.getAsLong();
        long service = now - clockNanos;
        counters.served(Math.max(0, waited), service);
        overload.served(service, now);
        longCalls.took(route, service);
        CLOCK.lazySet(this, now);
        batchItems++;
    }

    boolean isStalled() {
        long since = clockNanos;
        return since != IDLE && nanoTime.getAsLong() - since > STALLED_NANOS && slots.isAny();
    }

    /**
     * Runs what waits in the ring of a stalled core, as long as that is at the same item. On the
     * thread of this core.
     */
    boolean rescue(CoreQueue stalled) {
        try {
            return stalled.slots.take(
                    task -> true, () -> isEmpty() && !core.isHalting(), this::serveOthers);
        } finally {
            CLOCK.lazySet(this, IDLE);
        }
    }

    private void serveOthers(CoreTask task, long publishedAt) {
        CLOCK.lazySet(this, nanoTime.getAsLong());
        serve(task, publishedAt);
        handBack.flush();
    }

    private boolean drainContinuations() {
        if (continuations.isEmpty()) {
            return false;
        }
        moves.noRoute();
        long now = nanoTime.getAsLong();
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
            while (backlog.size() > 0) {
                tasks.abort(backlog.takeNewest().task(), cause);
            }
        } catch (Exception ex) {
            throw new IllegalStateException("the handler of a ring's slots failed", ex);
        }
        continuations.runAll();
    }
}
