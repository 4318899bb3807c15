package io.fasterapi.cores;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.LongSupplier;

/**
 * The work of one core: the ring of new work, the queue of continuations and the backlog. Any
 * thread adds work; the core's thread drains it.
 */
final class CoreQueue {

    /*
     * The ring is the LMAX Disruptor's with its multi-producer sequencer. An event poller is the
     * only consumer, because one thread must serve two sources: the bounded ring, and the unbounded
     * queue of continuations, which may not be refused.
     *
     * A batch ends when the ring is empty, after BATCH_ITEMS or after BATCH_NANOS. Its slots become
     * free then, and its answers are handed back. Answers are also handed back before an item that
     * may take long (LongCalls). A slot that is claimed but not published is no work: the core may
     * park, because the publisher wakes it.
     *
     * An overloaded core (OverloadControl) moves its ring into the backlog. Ordered and essential
     * work is run in its turn instead. While the core is busy with one long item, other threads may
     * take the slots behind it (WaitingSlots): idle cores, and threads for work that may run there
     * (RouteMoves).
     */

    /** Items after which a batch ends and its slots become free. */
    private static final int BATCH_ITEMS = 256;

    /** Time after which a batch ends: several times the cost of waking an event loop. */
    private static final long BATCH_NANOS = 100_000;

    /** Time after which another core may take what waits behind an item. */
    private static final long STALLED_NANOS = 2_000_000;

    /** Stands for a sequence when no slot is free. */
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

    /** When the present item began, or IDLE. Only the core writes it. */
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

    /** Returns the moves of this queue's work to threads. */
    RouteMoves moves() {
        return moves;
    }

    /** Publishes work. Returns false if the ring is full. Any thread. */
    boolean publish(CoreTask task) {
        long sequence = claim();
        if (sequence == FULL) {
            return false;
        }
        publish(sequence, task);
        return true;
    }

    /** Claims a slot, which must be published. Returns FULL if there is none. Any thread. */
    long claim() {
        try {
            return ring.tryNext();
        } catch (InsufficientCapacityException full) {
            return FULL;
        }
    }

    /** Publishes a claimed slot in any case: an empty slot is skipped, a lost one would block. */
    void publish(long sequence, CoreTask task) {
        try {
            ring.get(sequence).put(task, nanoTime.getAsLong(), lost.nanos());
        } finally {
            ring.publish(sequence);
        }
    }

    /** Adds a continuation. Any thread. */
    void offer(Runnable continuation) {
        continuations.offer(continuation);
    }

    /** Returns how many continuations wait. Any thread. */
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

    /** Returns how many published items are not done yet. */
    long depth() {
        return ring.getCursor() - poller.getSequence().get() + backlog.size();
    }

    /** Returns how long the oldest item that has not begun has waited, or 0 if there is none. */
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

    /** Returns whether there is nothing to run now. */
    boolean isEmpty() {
        return !hasNext() && continuations.isEmpty();
    }

    private boolean hasNext() {
        return ring.isAvailable(poller.getSequence().get() + 1) || backlog.size() > 0;
    }

    /** Runs a batch of each source. Returns false if there was no work. The core's thread only. */
    boolean drain() {
        boolean worked = true;
        try {
            worked = drainRing();
            worked |= drainContinuations();
            return worked;
        } finally {
            if (worked) { // also after an exception
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

    /** Returns whether overload begins with this item, taken in the order of arrival. */
    private boolean isOverload(long publishedAt, long lostBefore) {
        return overload.isTooLong(clockNanos - publishedAt)
                && overload.begins(publishedAt, lostBefore, drainNanos(), clockNanos);
    }

    /** Returns whether a task runs in its turn even under overload. */
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
            } // else a backlog is left of an overload that is over
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
        } catch (Throwable ex) { // no memory for another entry
            tasks.abort(task, ex);
        }
    }

    /** The last item of a queue always stays, as in CoDel: the core would have nothing to do. */
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
            handBack.flush(); // finished answers must not wait for an item that may take long
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
     * Runs what waits in the ring of a stalled core while that core is at the same item. On this
     * core's thread.
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
     * Aborts all work of the ring and the backlog, and runs every continuation, also those added
     * meanwhile. The caller holds the lock of the ended core and may be any thread, so the watchdog
     * is told nothing.
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
