package io.fasterapi.core;

import java.util.function.LongSupplier;

/**
 * Decides when a core is overloaded and when it may give up waiting work. The core's thread owns
 * it.
 */
final class OverloadControl {

    /*
     * The patience is how long a client waits. A core is overloaded if both ends of its queue
     * exceed the patience: the item that it takes in order has waited longer, and at the present
     * pace the newest item would, too. A burst that is over by then does not count. Nor do many
     * clients that ask again at once, if each waits less. (CoDel asks for the minimum of the
     * waiting time over a window. That is the same question about the first end only: K. Nichols,
     * V. Jacobson, 2012.)
     *
     * While overload lasts the newest item goes first. It is answered at once, and the client of
     * the oldest has probably gone ("Fail at Scale", B. Maurer, ACM Queue 13 (8), 2015).
     *
     * Giving up the oldest needs more. Clients that are refused and ask again at once look like
     * more and more clients, so refusing can create overload. So overload begins with a trial of
     * one patience in which nothing is given up. If the queue does not grow in the second half, and
     * could be served within the patience, there is no overload, and the order of arrival returns.
     * Otherwise the core gives up what has waited longer than the patience, until the next trial.
     * Under lasting overload a trial only makes refusals later.
     *
     * All times are the core's own: time without a CPU and pauses of the JVM do not count
     * (LostTime). A core whose code is not compiled yet is slow and is never overloaded.
     */

    /** Items after which a core's code is compiled. */
    private static final int WARM_UP_ITEMS = 1_000;

    /** Working time after which it is, even with fewer items. */
    private static final long WARM_UP_NANOS = 10_000_000_000L;

    /** Patiences between two trials. */
    private static final int REST = 4;

    /** A queue grows if it gains more than one item in this many served ones, plus GROWS_BY. */
    private static final int GROWS_BY_ONE_IN = 16;

    private static final int GROWS_BY = 2;

    private enum Phase {
        NONE,
        TRIAL,
        TRIAL_WATCHED,
        GIVING_UP
    }

    private final long patienceNanos;
    private final CoreCounters counters;
    private final LongSupplier lostNanos;
    private final int warmUpItems;
    private volatile Phase phase = Phase.NONE;
    private boolean rests = true;
    private long servedAtNanos;
    private long untilNanos;
    private long depthBefore;
    private long takenBefore;

    OverloadControl(QueueTimeLimit limit, CoreCounters counters, LostTime lost) {
        this(limit, counters, lost::nanos, WARM_UP_ITEMS);
    }

    /**
     * Creates a control.
     *
     * @param lostNanos returns how much time the core has lost so far
     * @param warmUpItems items after which its code is compiled
     */
    OverloadControl(
            QueueTimeLimit limit, CoreCounters counters, LongSupplier lostNanos, int warmUpItems) {
        this.warmUpItems = warmUpItems;
        this.patienceNanos = limit.patience().toNanos();
        this.counters = counters;
        this.lostNanos = lostNanos;
    }

    /** Returns whether the core is overloaded, so that the newest item goes first. Any thread. */
    boolean isOverloaded() {
        return phase != Phase.NONE;
    }

    /** Returns whether a time exceeds the patience. */
    boolean isTooLong(long nanos) {
        return nanos > patienceNanos;
    }

    /** Items were served, which took this long in total. */
    void served(long serviceNanos, int items, long nowNanos) {
        counters.pace(items, rests ? serviceNanos : nowNanos - servedAtNanos);
        servedAtNanos = nowNanos;
        rests = false;
    }

    /** The queue is empty. */
    void empty() {
        if (!rests) {
            rests = true;
        }
        if (phase != Phase.NONE) {
            phase = Phase.NONE;
        }
    }

    /**
     * An item was taken in the order of arrival.
     *
     * @param atNanos the time from which it has waited
     * @param lostBeforeNanos how much time the core had lost by then
     * @param drainNanos how long the items that wait now will take
     * @return whether the core is overloaded
     */
    boolean begins(long atNanos, long lostBeforeNanos, long drainNanos, long nowNanos) {
        if (!isTooLong(waited(atNanos, lostBeforeNanos, nowNanos))
                || !isTooLong(drainNanos)
                || !isWarm()) {
            return false;
        }
        beginTrial(nowNanos - lostNanos.getAsLong());
        return true;
    }

    /** Returns whether an item that has waited from then on is given up. */
    boolean givesUp(long atNanos, long lostBeforeNanos, long nowNanos) {
        return phase == Phase.GIVING_UP && isTooLong(waited(atNanos, lostBeforeNanos, nowNanos));
    }

    boolean givesUp(LifoBacklog.Waiting waiting, long nowNanos) {
        return givesUp(waiting.atNanos(), waiting.lostBeforeNanos(), nowNanos);
    }

    /** Returns how long an item has waited, without the time that the core has lost. */
    private long waited(long atNanos, long lostBeforeNanos, long nowNanos) {
        return nowNanos - atNanos - (lostNanos.getAsLong() - lostBeforeNanos);
    }

    private boolean isWarm() {
        return counters.taken() >= warmUpItems || counters.serviceNanos() >= WARM_UP_NANOS;
    }

    private void beginTrial(long ownNanos) {
        phase = Phase.TRIAL;
        untilNanos = ownNanos + patienceNanos / 2;
    }

    /**
     * Time has passed while the core is overloaded.
     *
     * @param depth how many items wait
     * @param drainNanos how long they will take
     */
    void look(long depth, long drainNanos, long nowNanos) {
        long ownNanos = nowNanos - lostNanos.getAsLong();
        if (ownNanos - untilNanos < 0) {
            return;
        }
        switch (phase) {
            case TRIAL -> {
                phase = Phase.TRIAL_WATCHED;
                untilNanos = ownNanos + patienceNanos / 2;
                depthBefore = depth;
                takenBefore = counters.taken();
            }
            case TRIAL_WATCHED -> {
                long served = counters.taken() - takenBefore;
                boolean grows = depth - depthBefore > GROWS_BY + served / GROWS_BY_ONE_IN;
                if (grows || isTooLong(drainNanos)) {
                    phase = Phase.GIVING_UP;
                    untilNanos = ownNanos + REST * patienceNanos;
                } else {
                    phase = Phase.NONE;
                }
            }
            case GIVING_UP -> beginTrial(ownNanos);
            default -> {
                // No overload, nothing to decide.
            }
        }
    }
}
