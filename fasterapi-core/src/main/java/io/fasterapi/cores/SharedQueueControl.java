package io.fasterapi.cores;

import java.util.function.LongSupplier;

/**
 * Tells when a queue that several threads empty is overloaded, and what may be given up of it, by
 * the rule of the cores. Guarded by a lock of the queue's owner.
 */
public final class SharedQueueControl {

    /*
     * What waits may do so for what never ends: how long it will take is what it would at the pace
     * of what has returned, but not less than nothing has for by now. How cold the code is does not
     * matter: it is somebody else that everybody waits for.
     */
    private static final int NO_WARM_UP = 0;

    private final CoreCounters counters = new CoreCounters();
    private final OverloadControl overload;
    private final LongSupplier lostNanos;
    private long returnedAtNanos;
    private long usualNanos;

    /**
     * Creates a control of a queue in which something begins to wait.
     *
     * @param lostNanos returns how much time the JVM has lost in pauses so far
     */
    public SharedQueueControl(WaitLimits limits, LongSupplier lostNanos, long nowNanos) {
        this.lostNanos = lostNanos;
        this.overload = new OverloadControl(limits, counters, lostNanos, NO_WARM_UP);
        this.returnedAtNanos = own(nowNanos);
    }

    /** Nothing may return for that long, and a patience more, without standing still. */
    public void usual(long nanos) {
        usualNanos = nanos;
    }

    /** Returns whether the queue is overloaded. Any thread. */
    boolean isOverloaded() {
        return overload.isOverloaded();
    }

    /** Nothing waits. */
    void empty(long nowNanos) {
        overload.empty();
        returnedAtNanos = own(nowNanos);
    }

    /**
     * Something that had been taken has returned.
     *
     * @param serviceNanos how long that took
     * @param inParallel how many were under way at a time
     */
    public void returned(long serviceNanos, int inParallel, long nowNanos) {
        returnedAtNanos = own(nowNanos);
        counters.served(0, serviceNanos);
        overload.served(serviceNanos / Math.max(1, inParallel), nowNanos);
    }

    /**
     * Something waits, and time passes; returns whether the oldest is given up.
     *
     * @param depth how much waits, in the unit of what returns
     * @param oldestAtNanos since when the oldest waits
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
