package io.fasterapi.core;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.LongSupplier;

/**
 * Times the items of a core's batches, with as few readings of the clock as it can. The core's
 * thread owns it; any thread may read {@link #beganNanos}.
 */
final class BatchClock extends BatchClockFields {

    /*
     * Reading the clock takes longer than all else that the ring does for an item. So the end of an
     * item is the begin of the next. And items in a row that are far shorter than anything that is
     * decided by time share one reading. They are a group:
     *
     *  - All items of a group are of one route and follow each other in one batch.
     *  - A group ends when an item has left an answer for an event loop, because that answer must
     *    not wait behind an item that takes long. So requests are timed one by one.
     *  - A group begins with one item. Its size grows to 4 and to GROUP_ITEMS while groups take no
     *    longer than a quarter of GROUP_NANOS. It is one again after a group that took longer than
     *    GROUP_NANOS, after another route, and after the core had nothing to do.
     *
     * What is lost: the wait of an item is counted until its group began, and the longest item of
     * a group is reported with the time of the whole group. Both are off by at most GROUP_NANOS,
     * unless an item of a route without answers suddenly takes long within a group. Then its whole
     * time is counted, as the group's; what came behind it in its group is not counted as having
     * waited for it; and the batch goes on to the end of the group. LongCalls counts a group as one
     * call. The number of items and the sum of their times are exact.
     */
    private static final int GROUP_ITEMS = 16;
    private static final long GROUP_NANOS = 2_000;
    private static final int GROWTH = 4;

    private static final AtomicLongFieldUpdater<BatchClockFields> BEGAN =
            AtomicLongFieldUpdater.newUpdater(BatchClockFields.class, "beganNanos");

    private final LongSupplier nanoTime;
    private final CoreCounters counters;
    private final OverloadControl overload;
    private final LongCalls longCalls;

    long after1;
    long after2;
    long after3;
    long after4;
    long after5;
    long after6;
    long after7;
    long after8;
    long after9;
    long after10;
    long after11;
    long after12;
    long after13;
    long after14;
    long after15;
    long after16;

    BatchClock(
            LongSupplier nanoTime,
            CoreCounters counters,
            OverloadControl overload,
            LongCalls longCalls) {
        this.nanoTime = nanoTime;
        this.counters = counters;
        this.overload = overload;
        this.longCalls = longCalls;
    }

    /** Returns when the present item, or its group, began; IDLE if there is none. Any thread. */
    long beganNanos() {
        return beganNanos;
    }

    /** Begins a batch, or something else that takes time. Returns the time. */
    long begin() {
        long now = nanoTime.getAsLong();
        batchItems = 0;
        batchNanos = now;
        BEGAN.lazySet(this, now);
        return now;
    }

    /** Returns how many items the batch has had. */
    int batchItems() {
        return batchItems;
    }

    /** Returns how long the batch has taken so far. */
    long passedNanos() {
        return beganNanos - batchNanos;
    }

    /** An item of the batch is moved and not run. */
    void moved() {
        batchItems++;
    }

    /** The next item will be of a route. */
    void next(Object nextRoute) {
        if (nextRoute != route) {
            endGroup();
            route = nextRoute;
            groupSize = 1;
        }
    }

    /** The item begins. */
    void begins(long publishedAtNanos) {
        long waited = Math.max(0, beganNanos - publishedAtNanos);
        waitNanos += waited;
        waitMaxNanos = Math.max(waitMaxNanos, waited);
        groupItems++;
    }

    /**
     * The item has ended.
     *
     * @param timed whether its end must be known
     */
    void ended(boolean timed) {
        batchItems++;
        if (timed || groupItems >= groupSize) {
            endGroup();
        }
    }

    /** Ends a group if there is one. */
    void endGroup() {
        int items = groupItems;
        if (items == 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        long took = now - beganNanos;
        counters.served(items, waitNanos, waitMaxNanos, took);
        overload.served(took, items, now);
        longCalls.took(route, took);
        if (took > GROUP_NANOS) {
            groupSize = 1;
        } else if (items == groupSize && took <= GROUP_NANOS / GROWTH) {
            groupSize = Math.min(groupSize * GROWTH, GROUP_ITEMS);
        }
        groupItems = 0;
        waitNanos = 0;
        waitMaxNanos = 0;
        BEGAN.lazySet(this, now);
    }

    /** The core has nothing to run. */
    void empty() {
        if (groupSize != 1) {
            groupSize = 1;
        }
    }

    /** The core runs nothing now. */
    void rest() {
        endGroup(); // of a batch that an exception has ended
        BEGAN.lazySet(this, WaitingSlots.IDLE);
    }
}
