package io.fasterapi.core;

import io.fasterapi.placement.RoutePlacement;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Moves work from a core to threads: work whose route has moved there, and work that may run there
 * while the core is at a call that waits. It also knows the route of the core's present item. The
 * core's thread writes; any thread may read and move.
 */
final class RouteMoves {

    private static final AtomicReferenceFieldUpdater<RouteMoves, @Nullable RoutePlacement> RUNNING =
            AtomicReferenceFieldUpdater.newUpdater(
                    RouteMoves.class, RoutePlacement.class, "running");

    private final TaskCalls tasks;
    private final WaitingSlots slots;
    private final CoreCounters counters;
    private volatile @Nullable ThreadWorkers threads;

    /** Written by the core's thread when the route changes. */
    private volatile @Nullable RoutePlacement running;

    RouteMoves(TaskCalls tasks, WaitingSlots slots, CoreCounters counters) {
        this.tasks = tasks;
        this.slots = slots;
        this.counters = counters;
    }

    /** Sets the threads. */
    void to(ThreadWorkers workers) {
        threads = workers;
    }

    /**
     * Moves an item that the core has reached to a thread, if its route has moved there. Otherwise
     * the core runs it now. The core's thread only.
     *
     * @return whether the item was moved
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

    /** The core runs something without a route. The core's thread only. */
    void noRoute() {
        if (running != null) {
            RUNNING.lazySet(this, null);
        }
    }

    /** Returns when the core's present item began, or WaitingSlots.IDLE. Any thread. */
    long itemNanos() {
        return slots.itemNanos();
    }

    /** Returns the placement of that item's route, or null if it is unknown. Any thread. */
    @Nullable RoutePlacement running() {
        return running;
    }

    /**
     * Moves waiting work of the ring to threads while the core is at the same item. Any thread.
     *
     * @param all whether all work that may move does, or only that of routes that have moved
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

    /** Moves one task. If no thread can be had, the task ends. */
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
