package io.fasterapi.core;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;

/** The ring of one core. Any thread publishes; the core's thread alone takes. */
final class CoreRing {

    /*
     * Slots, claims and capacity are the LMAX Disruptor's, with its multi-producer sequencer. A
     * publisher claims a slot by one compare-and-set of the cursor. What was published is told by
     * the slot itself and not by the sequencer's table: the table's line would be one more that
     * publishers and core share, for 16 neighbouring slots at a time. So the sequencer's `publish`
     * and `isAvailable` are not used.
     *
     * The core looks at each slot once, when it comes to it. It searches for no end of a batch: a
     * batch ends at the first slot that is not published, or when the taker says so. Then the slots
     * of the batch become free by one store of `consumed`. A slot that is claimed but not
     * published is no work: the core may park, because the publisher wakes it.
     */

    /** Stands for a sequence when no slot is free. */
    static final long FULL = -1;

    /** Owns each task that it is given. */
    @FunctionalInterface
    interface Taker {

        /** Returns whether the batch goes on. */
        boolean take(CoreTask task, Slot slot, long sequence);
    }

    private final RingBuffer<Slot> ring;
    private final Sequence consumed = new Sequence();

    CoreRing(int size) {
        this.ring = RingBuffer.createMultiProducer(Slot::new, size, new BusySpinWaitStrategy());
        ring.addGatingSequences(consumed);
    }

    /**
     * Publishes work. Any thread.
     *
     * @return false if the ring is full; the work was not taken
     */
    boolean publish(CoreTask task, long nowNanos, long lostNanos) {
        long sequence = claim();
        if (sequence == FULL) {
            return false;
        }
        publish(sequence, task, nowNanos, lostNanos);
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
    void publish(long sequence, CoreTask task, long nowNanos, long lostNanos) {
        Slot slot = ring.get(sequence);
        try {
            slot.put(task, nowNanos, lostNanos);
        } catch (Throwable ex) {
            slot.putNothing();
            throw ex;
        }
    }

    /** Returns whether the next slot is published. */
    boolean hasNext() {
        return ring.get(consumed.get() + 1).isPublished();
    }

    /** Gives what is published to a taker, in order, as one batch. The core's thread only. */
    void consume(Taker taker) {
        long next = consumed.get() + 1;
        try {
            boolean goesOn = true;
            while (goesOn) {
                Slot slot = ring.get(next);
                if (!slot.isPublished()) {
                    return;
                }
                CoreTask task = slot.take();
                next++; // whatever the taker throws: the slot is empty
                if (task != null) {
                    goesOn = taker.take(task, slot, next - 1);
                }
            }
        } finally {
            consumed.set(next - 1);
        }
    }

    /** Returns a slot. Other threads may fill it again after the core has passed it. */
    Slot get(long sequence) {
        return ring.get(sequence);
    }

    /** Returns the last sequence that was claimed. */
    long cursor() {
        return ring.getCursor();
    }

    /** Returns the last sequence of the batches before. */
    long consumed() {
        return consumed.get();
    }

    /** Returns how many items are claimed or published and not consumed. */
    long depth() {
        return ring.getCursor() - consumed.get();
    }

    int capacity() {
        return ring.getBufferSize();
    }

    long remaining() {
        return ring.remainingCapacity();
    }
}
