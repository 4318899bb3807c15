package io.fasterapi.cores;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
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

    private final RingBuffer<Slot> ring;

    /** Moves once per batch, so the core's present item is among the slots behind it. */
    private final Sequence consumed;

    private final LongSupplier clock;

    /**
     * Creates the view of a ring.
     *
     * @param clock returns when the core's present item began, or IDLE
     */
    WaitingSlots(RingBuffer<Slot> ring, Sequence consumed, LongSupplier clock) {
        this.ring = ring;
        this.consumed = consumed;
        this.clock = clock;
    }

    /** Returns when the core's present item began, or IDLE. */
    long itemNanos() {
        return clock.getAsLong();
    }

    /** Returns whether any task may be taken. */
    boolean isAny() {
        return first(slot -> slot.stealable() != null) != null;
    }

    /** Returns the first matching slot that is not consumed yet, or null. */
    @Nullable Slot first(Predicate<Slot> wanted) {
        long last = ring.getCursor();
        for (long at = consumed.get() + 1; at <= last; at++) {
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
        long item = clock.getAsLong();
        if (item == IDLE) {
            return false;
        }
        long last = ring.getCursor();
        boolean found = false;
        for (long at = consumed.get() + 1; at <= last; at++) {
            if (clock.getAsLong() != item || !goesOn.getAsBoolean()) {
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
