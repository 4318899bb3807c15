package io.fasterapi.cores;

import java.util.function.LongSupplier;

/**
 * Tells when a core is overloaded, and when it may give up what waits for it. Owned by the core's
 * thread.
 */
final class OverloadControl {

    /*
     * Clients wait for a while, their patience. A core is overloaded if both ends of its queue are
     * beyond that: what it takes in order has waited for longer, and at the present pace what came
     * last would, too. A burst that is over by then never gets here, nor do any number of clients
     * that ask again at once and wait for less. (The minimum of the waiting time over a window, which
     * CoDel asks for, is the same question about the first end alone: K. Nichols, V. Jacobson, 2012.)
     *
     * While it lasts the newest go first: they are answered at once, and the oldest has probably
     * been given up by its client ("Fail at Scale", B. Maurer, ACM Queue 13 (8), 2015).
     *
     * Giving up the oldest needs more, since it makes overload of what is none: clients that are
     * refused and ask again at once look like ever more clients. So there is a trial first, for one
     * patience, in which nothing is given up. If the queue does not grow in the second half of that
     * and could be served in order within the patience, it was no overload: back to the order of
     * arrival. Else what has waited for longer than the patience is given up until the next trial,
     * which under lasting overload costs no more than that refusals come later.
     *
     * All times are the core's own: what has waited because the core had no CPU, or because the JVM
     * paused, has not waited for the core (LostTime). While its code is cold a core is as slow as
     * it will never be again, and is not overloaded.
     */

    /** Items after which a core's code is compiled. */
    private static final int WARM_UP_ITEMS = 1_000;

    /** Time at work after which it is, however few items that were. */
    private static final long WARM_UP_NANOS = 10_000_000_000L;

    /** Patiences between two trials. */
    private static final int REST = 4;

    /** A queue that grows by less than one in so many served items, and a few, does not grow. */
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

    OverloadControl(WaitLimits limits, CoreCounters counters, LostTime lost) {
        this(limits, counters, lost::nanos, WARM_UP_ITEMS);
    }

    /**
     * Creates a control.
     *
     * @param lostNanos returns how much time the core has lost so far
     * @param warmUpItems items after which the code is compiled
     */
    OverloadControl(
            WaitLimits limits, CoreCounters counters, LongSupplier lostNanos, int warmUpItems) {
        this.warmUpItems = warmUpItems;
        this.patienceNanos = limits.patience().toNanos();
        this.counters = counters;
        this.lostNanos = lostNanos;
    }

    /** Returns whether the core is overloaded: the newest go first. Any thread. */
    boolean isOverloaded() {
        return phase != Phase.NONE;
    }

    /** Returns whether that is longer than clients wait. */
    boolean isTooLong(long nanos) {
        return nanos > patienceNanos;
    }

    /** Something has been served, which took that long. */
    void served(long serviceNanos, long nowNanos) {
        counters.pace(rests ? serviceNanos : nowNanos - servedAtNanos);
        servedAtNanos = nowNanos;
        rests = false;
    }

    /** Nothing waits. */
    void empty() {
        rests = true;
        if (phase != Phase.NONE) {
            phase = Phase.NONE;
        }
    }

    /**
     * Something has been taken in the order of arrival.
     *
     * @param atNanos since when it has waited
     * @param lostBeforeNanos how much time the core had lost by then
     * @param drainNanos how long what waits now will take
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

    /** Returns whether what has waited since then is given up. */
    boolean givesUp(long atNanos, long lostBeforeNanos, long nowNanos) {
        return phase == Phase.GIVING_UP && isTooLong(waited(atNanos, lostBeforeNanos, nowNanos));
    }

    boolean givesUp(Backlog.Waiting waiting, long nowNanos) {
        return givesUp(waiting.atNanos(), waiting.lostBeforeNanos(), nowNanos);
    }

    /** Not counting what the core has lost meanwhile. */
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
     * Time passes while the core is overloaded.
     *
     * @param depth how much waits
     * @param drainNanos how long that will take
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
                // Nothing to look for.
            }
        }
    }
}
