package io.fasterapi.core;

import java.util.function.LongSupplier;

/**
 * Decides when a queue that several threads empty is overloaded and what is given up. The rule is
 * that of the cores (OverloadControl). A lock of the queue's owner guards it.
 */
public final class SharedQueueControl {

    /*
     * Work may wait for something that never ends. So the estimate of how long the queue takes is
     * the pace of what has returned, but at least the time since something returned. There is no
     * warm-up, because the waiting is for other work, not for cold code.
     */
    private static final int NO_WARM_UP = 0;

    private final CoreCounters counters = new CoreCounters();
    private final OverloadControl overload;
    private final LongSupplier lostNanos;
    private long returnedAtNanos;
    private long usualNanos;

    /**
     * Creates a control when an item begins to wait.
     *
     * @param lostNanos returns how many nanoseconds the JVM has lost in pauses so far
     */
    public SharedQueueControl(QueueTimeLimit limit, LongSupplier lostNanos, long nowNanos) {
        this.lostNanos = lostNanos;
        this.overload = new OverloadControl(limit, counters, lostNanos, NO_WARM_UP);
        this.returnedAtNanos = own(nowNanos);
    }

    /**
     * Sets how long work usually takes. The queue stands still if nothing returns for this time and
     * one patience more.
     */
    public void usual(long nanos) {
        usualNanos = nanos;
    }

    /** Returns whether the queue is overloaded. Any thread. */
    boolean isOverloaded() {
        return overload.isOverloaded();
    }

    /** The queue is empty. */
    void empty(long nowNanos) {
        overload.empty();
        returnedAtNanos = own(nowNanos);
    }

    /**
     * Work has returned.
     *
     * @param serviceNanos how long it took
     * @param inParallel how many were under way at the same time
     */
    public void returned(long serviceNanos, int inParallel, long nowNanos) {
        returnedAtNanos = own(nowNanos);
        counters.served(0, serviceNanos);
        overload.served(serviceNanos / Math.max(1, inParallel), 1, nowNanos);
    }

    /**
     * Returns whether the oldest item is given up. Called while something waits.
     *
     * @param depth how many items wait, in the unit of what returns
     * @param oldestAtNanos the time from which the oldest has waited
     * @param lostBeforeNanos how much time had been lost by then
     */
    public boolean look(long depth, long oldestAtNanos, long lostBeforeNanos, long nowNanos) {
        long standsStillNanos = own(nowNanos) - returnedAtNanos - usualNanos;
        long drainNanos = Math.max(depth * counters.paceNanos(), standsStillNanos);
        if (overload.isOverloaded()) {
            overload.look(depth, drainNanos, nowNanos);
        } else {
            overload.begins(oldestAtNanos, lostBeforeNanos, drainNanos, nowNanos);
        }
        return overload.givesUp(oldestAtNanos, lostBeforeNanos, nowNanos);
    }

    /** Returns the time without what was lost. */
    private long own(long nowNanos) {
        return nowNanos - lostNanos.getAsLong();
    }
}
