package io.fasterapi.core;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a ring that other threads may take while the core is at one long item. The core
 * finds these slots empty later. Any thread.
 */
final class WaitingSlots {

    /** Stands for a time when the core runs nothing. It never counts as a stall. */
    static final long IDLE = Long.MAX_VALUE;

    /** Becomes the owner of a task. */
    @FunctionalInterface
    interface Taker {
        void take(CoreTask task, long publishedAtNanos);
    }

    private final CoreRing ring;
    private final BatchClock clock;

    /** Creates the view of a ring whose core's items are timed by a clock. */
    WaitingSlots(CoreRing ring, BatchClock clock) {
        this.ring = ring;
        this.clock = clock;
    }

    /** Returns when the core's present item began, or IDLE. */
    long itemNanos() {
        return clock.beganNanos();
    }

    /** Returns whether any task may be taken. */
    boolean isAny() {
        return first(slot -> slot.stealable() != null) != null;
    }

    /**
     * Returns the first matching slot that is not consumed yet, or null. A batch is consumed as a
     * whole, so the core's present item is among the slots looked at.
     */
    @Nullable Slot first(Predicate<Slot> wanted) {
        long last = ring.cursor();
        for (long at = ring.consumed() + 1; at <= last; at++) {
            Slot slot = ring.get(at);
            if (wanted.test(slot)) {
                return slot;
            }
        }
        return null;
    }

    /**
     * Takes waiting tasks while the core is at the same item.
     *
     * @param which tells which tasks to take; it must throw nothing
     * @param goesOn asked before each task; false ends the call
     * @return whether any task was taken
     */
    boolean take(Predicate<CoreTask> which, BooleanSupplier goesOn, Taker taker) {
        long item = clock.beganNanos();
        if (item == IDLE) {
            return false;
        }
        long last = ring.cursor();
        boolean found = false;
        for (long at = ring.consumed() + 1; at <= last; at++) {
            if (clock.beganNanos() != item || !goesOn.getAsBoolean()) {
                break;
            }
            Slot slot = ring.get(at);
            CoreTask task = slot.stealable();
            long publishedAt = slot.publishedAtNanos();
            if (task != null && which.test(task) && slot.steal(task)) {
                found = true;
                taker.take(task, publishedAt);
            }
        }
        return found;
    }
}
