package io.fasterapi.cores;

import io.fasterapi.placement.RoutePlacement;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Knows the route of what a core is at, and gives work that was published to that core to threads
 * of its own: what belongs to a route that has moved there, and what may run there while the core
 * is at a call that waits.
 */
final class RouteMoves {

    private static final AtomicReferenceFieldUpdater<RouteMoves, @Nullable RoutePlacement> RUNNING =
            AtomicReferenceFieldUpdater.newUpdater(
                    RouteMoves.class, RoutePlacement.class, "running");

    private final TaskCalls tasks;
    private final WaitingSlots slots;
    private final CoreCounters counters;
    private volatile @Nullable ThreadWorkers threads;

    /** By the core's thread, if it is another than before. */
    private volatile @Nullable RoutePlacement running;

    RouteMoves(TaskCalls tasks, WaitingSlots slots, CoreCounters counters) {
        this.tasks = tasks;
        this.slots = slots;
        this.counters = counters;
    }

    /** From now on there are threads. */
    void to(ThreadWorkers workers) {
        threads = workers;
    }

    /**
     * Gives an item that the core has come to to a thread, if its route has moved there; else the
     * core is at it from now on. The core's thread only.
     *
     * @return whether it is the core's no more
     */
    boolean take(CoreTask task, long publishedAtNanos) {
        RoutePlacement placement = tasks.placementOf(task);
        if (placement != null
                && placement.hasMovedToThreads()
                && threads != null
                && !tasks.isOrdered(task)) {
            give(task, publishedAtNanos);
            return true;
        }
        if (running != placement) {
            RUNNING.lazySet(this, placement);
        }
        return false;
    }

    /** The core is at something that belongs to no route. The core's thread only. */
    void noRoute() {
        if (running != null) {
            RUNNING.lazySet(this, null);
        }
    }

    /** Returns when the item that the core is at began; WaitingSlots.IDLE if none. Any thread. */
    long itemNanos() {
        return slots.itemNanos();
    }

    /** Returns where the route of that item runs; null if nothing is known of it. Any thread. */
    @Nullable RoutePlacement running() {
        return running;
    }

    /**
     * Gives what waits in the ring to threads, as long as the core is at the same item. Any thread.
     *
     * @param all all that may run there, or only that whose route does by now
     */
    void moveAway(boolean all) {
        slots.take(task -> isMovable(task, all), this::hasRoom, this::give);
    }

    private boolean isMovable(CoreTask task, boolean all) {
        RoutePlacement placement = tasks.placementOf(task);
        return placement != null && (all ? placement.isMeasured() : placement.hasMovedToThreads());
    }

    private boolean hasRoom() {
        ThreadWorkers workers = threads;
        return workers != null && workers.hasRoom();
    }

    /** There are threads. Where none can be had the work is over. */
    private void give(CoreTask task, long publishedAtNanos) {
        ThreadWorkers workers = threads;
        if (workers != null && workers.take(task, publishedAtNanos)) {
            counters.move();
        } else if (!tasks.giveUp(task)) {
            tasks.abort(
                    task,
                    new RejectedExecutionException(
                            "no thread is free for the request (fasterapi.placement.threads)"));
        }
    }
}
