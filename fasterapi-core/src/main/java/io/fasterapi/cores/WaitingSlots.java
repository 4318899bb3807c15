package io.fasterapi.cores;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is published into a ring and may be taken by others while its core is at one item for long;
 * the core finds these slots empty then. Any thread.
 */
final class WaitingSlots {

    /** Instead of a time: the core is at nothing, which is not to be taken for a stall. */
    static final long IDLE = Long.MAX_VALUE;

    /** Owns work from now on. */
    @FunctionalInterface
    interface Taker {
        void take(CoreTask task, long publishedAtNanos);
    }

    private final RingBuffer<Slot> ring;

    /** Moves with each batch, so what the core is at is among the slots that follow. */
    private final Sequence consumed;

    private final LongSupplier clock;

    /**
     * Creates the view of a ring.
     *
     * @param clock gives the time at which the item that the core is at began, or IDLE
     */
    WaitingSlots(RingBuffer<Slot> ring, Sequence consumed, LongSupplier clock) {
        this.ring = ring;
        this.consumed = consumed;
        this.clock = clock;
    }

    /** Returns when the item that the core is at began; IDLE if it is at none. */
    long itemNanos() {
        return clock.getAsLong();
    }

    /** Returns whether there is anything that may be taken. */
    boolean isAny() {
        return first(slot -> slot.stealable() != null) != null;
    }

    /** Returns the first such slot that the core has not come to; null if there is none. */
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
     * Takes what waits, as long as the core is at the same item.
     *
     * @param which says what to take; it must not be lost for that
     * @param goesOn whether to go on, asked before each
     * @return whether anything was taken
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
