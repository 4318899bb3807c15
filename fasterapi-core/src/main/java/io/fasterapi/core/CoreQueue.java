package io.fasterapi.core;

import java.util.function.LongSupplier;

/**
 * The work of one core: the ring of new work, the queue of continuations and the backlog. Any
 * thread adds work; the core's thread drains it.
 */
final class CoreQueue {

    /*
     * The core's thread is the only consumer, and it serves two sources: the bounded ring
     * (CoreRing), and the unbounded queue of continuations, which may not be refused.
     *
     * A batch ends when the ring is empty, after BATCH_ITEMS or after BATCH_NANOS. Its slots become
     * free then, and its answers are handed back. Answers are also handed back before an item that
     * may take long (LongCalls). BatchClock times the items.
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

    private final HandlerCore core;
    private final CoreRing ring;
    private final Continuations continuations;
    private final CoreCounters counters;
    private final CompletionBatch completionBatch;
    private final TaskCalls tasks;
    private final LongCalls longCalls = new LongCalls(BATCH_NANOS);
    private final CoreRing.Taker inOrder = this::takeInOrder;
    private final CoreRing.Taker ontoBacklog = this::takeOntoBacklog;
    private final OverloadControl overload;
    private final LostTime lost;
    private final LongSupplier nanoTime;
    private final LifoBacklog backlog = new LifoBacklog();
    private final WaitingSlots slots;
    private final RouteMoves moves;
    private final BatchClock clock;

    CoreQueue(HandlerCore core, CoreOptions options, LostTime lost, LongSupplier nanoTime) {
        this.core = core;
        this.lost = lost;
        this.nanoTime = nanoTime;
        this.ring = new CoreRing(options.ringSize());
        this.counters = core.counters();
        this.overload = new OverloadControl(options.queueTimeLimit(), counters, lost);
        this.completionBatch = core.completionBatch();
        this.continuations = new Continuations(core, completionBatch, longCalls);
        this.tasks = new TaskCalls(core);
        this.clock = new BatchClock(nanoTime, counters, overload, longCalls);
        this.slots = new WaitingSlots(ring, clock);
        this.moves = new RouteMoves(tasks, slots, counters);
    }

    /** Returns the moves of this queue's work to threads. */
    RouteMoves moves() {
        return moves;
    }

    /** Returns the ring. */
    CoreRing ring() {
        return ring;
    }

    /** Publishes work now. Returns false if the ring is full. Any thread. */
    boolean publish(CoreTask task) {
        return publish(task, nanoTime.getAsLong());
    }

    /**
     * Publishes work. Any thread.
     *
     * @param nowNanos from when the work waits
     * @return false if the ring is full
     */
    boolean publish(CoreTask task, long nowNanos) {
        return ring.publish(task, nowNanos, lost.nanos());
    }

    /** Adds a continuation. Any thread. */
    void offer(Runnable continuation) {
        continuations.offer(continuation);
    }

    /** Returns how many continuations wait. Any thread. */
    int continuations() {
        return continuations.size();
    }

    /** Returns how many published items are not done yet. */
    long depth() {
        return ring.depth() + backlog.size();
    }

    /** Returns how long the oldest item that has not begun has waited, or 0 if there is none. */
    long oldestNanos() {
        if (backlog.size() > 0) {
            return Math.max(0, nanoTime.getAsLong() - backlog.oldestAtNanos());
        }
        Slot oldest = slots.first(Slot::isWaiting);
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
        return ring.hasNext() || backlog.size() > 0;
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
                clock.rest();
            }
        }
    }

    private boolean drainRing() {
        if (!hasNext()) {
            overload.empty();
            clock.empty();
            return false;
        }
        lost.look(clock.begin());
        if (backlog.size() > 0 || overload.isOverloaded()) {
            drainBacklog();
        } else {
            ring.consume(inOrder);
        }
        clock.endGroup();
        int items = clock.batchItems();
        if (items > 0) {
            counters.drained(items);
        }
        return true;
    }

    private boolean takeInOrder(CoreTask task, Slot slot, long sequence) {
        long publishedAt = slot.publishedAtNanos();
        if (isOverload(publishedAt, slot.lostBeforeNanos()) && !isNext(task)) {
            stack(task, publishedAt, slot.lostBeforeNanos()); // the oldest of what waits now
            return false;
        }
        serve(task, publishedAt);
        return mayGoOn();
    }

    /** Returns whether overload begins with this item, taken in the order of arrival. */
    private boolean isOverload(long publishedAt, long lostBefore) {
        long now = clock.beganNanos();
        return overload.isTooLong(now - publishedAt)
                && overload.begins(publishedAt, lostBefore, drainNanos(), now);
    }

    /** Returns whether a task runs in its turn even under overload. */
    private boolean isNext(CoreTask task) {
        return tasks.isEssential(task) || tasks.isOrdered(task);
    }

    private boolean mayGoOn() {
        return clock.batchItems() < BATCH_ITEMS
                && clock.passedNanos() < BATCH_NANOS
                && !core.isHalting();
    }

    private void drainBacklog() {
        do {
            if (overload.isOverloaded()) {
                ring.consume(ontoBacklog);
                giveUpOldest();
                overload.look(depth(), drainNanos(), clock.beganNanos());
            } // else a backlog is left of an overload that is over
            LifoBacklog.Waiting oldest = backlog.oldest();
            if (oldest == null) {
                return;
            }
            boolean newestFirst =
                    overload.isOverloaded()
                            || isOverload(oldest.atNanos(), oldest.lostBeforeNanos());
            serve(newestFirst ? backlog.takeNewest() : backlog.takeOldest());
        } while (mayGoOn());
    }

    private boolean takeOntoBacklog(CoreTask task, Slot slot, long sequence) {
        long publishedAt = slot.publishedAtNanos();
        long lostBefore = slot.lostBeforeNanos();
        if (!isNext(task)) {
            stack(task, publishedAt, lostBefore);
            return true;
        }
        boolean last = sequence == ring.cursor() && backlog.size() == 0;
        boolean late = !last && overload.givesUp(publishedAt, lostBefore, clock.beganNanos());
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
        LifoBacklog.Waiting oldest;
        while ((oldest = backlog.oldest()) != null
                && (backlog.size() > ring.capacity()
                        || (depth() > 1 && overload.givesUp(oldest, clock.beganNanos())))) {
            backlog.takeOldest();
            if (!tasks.giveUp(oldest.task())) {
                serve(oldest);
            }
        }
    }

    private void serve(LifoBacklog.Waiting waiting) {
        serve(waiting.task(), waiting.atNanos());
    }

    private void serve(CoreTask task, long publishedAt) {
        if (moves.take(task, publishedAt)) {
            clock.moved();
            return;
        }
        Object route = tasks.routeOf(task);
        clock.next(route);
        clock.begins(publishedAt);
        if (!completionBatch.isEmpty() && longCalls.mayBe(route)) {
            completionBatch.flush(); // what is finished must not wait for what may take long
        }
        tasks.run(task, route);
        clock.ended(!completionBatch.isEmpty());
    }

    boolean isStalled() {
        long since = clock.beganNanos();
        return since != WaitingSlots.IDLE
                && nanoTime.getAsLong() - since > STALLED_NANOS
                && slots.isAny();
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
            clock.rest();
        }
    }

    private void serveOthers(CoreTask task, long publishedAt) {
        clock.begin();
        serve(task, publishedAt);
        clock.endGroup();
        completionBatch.flush();
    }

    private boolean drainContinuations() {
        if (continuations.isEmpty()) {
            return false;
        }
        moves.noRoute();
        continuations.drain(clock.begin());
        return true;
    }

    /**
     * Aborts all work of the ring and the backlog, and runs every continuation, also those added
     * meanwhile. The caller holds the lock of the ended core and may be any thread, so the watchdog
     * is told nothing.
     */
    void abort(Throwable cause) {
        while (ring.depth() > 0) {
            ring.consume(
                    (task, slot, sequence) -> {
                        tasks.abort(task, cause);
                        return true;
                    });
        }
        while (backlog.size() > 0) {
            tasks.abort(backlog.takeNewest().task(), cause);
        }
        continuations.runAll();
    }
}
