package io.fasterapi.placement;

/**
 * Hands out permits up to a limit, and counts those in use and those that were used. Thread-safe.
 */
public final class PermitCounter {

    /*
     * One count that all threads change would move its cache line from CPU to CPU twice for each
     * request. So permits are lent to stripes, a chunk at a time, and a stripe keeps what comes
     * back, up to two chunks. As long as it has some, a permit is taken and given back on the
     * stripe's own line. Linux charges memory to control groups in this way (mm/memcontrol.c:
     * consume_stock, refill_stock and drain_all_stock); S. Boyd-Wickizer et al., "An Analysis of
     * Linux Scalability to Many Cores" (OSDI 2010) calls it a sloppy counter.
     *
     * What is lent is what is in use and what the stripes keep. A permit is lent only if that stays
     * within the limit, so no more than the limit are ever in use. Whoever finds all permits lent
     * collects what the stripes keep, and is refused only if there is nothing. Meanwhile permits
     * that another thread is just collecting or giving back are not seen: so many may be refused
     * too early. Near the limit, chunks become single permits.
     *
     * A limit too small for chunks, or one that may change, has the shared count alone. Without a
     * limit nothing is lent: what stripes keep is then less than zero by what is in use.
     */
    private static final int KEPT = Stripes.KEPT;
    private static final int USED = Stripes.USED;
    private static final int LENT = Stripes.SHARED;

    /** The most permits that a stripe borrows at once. */
    private static final int CHUNK = 64;

    /** A chunk is at most this part of a stripe's share. */
    private static final int PART = 4;

    private final Stripes stripes;
    private final boolean limited;
    private final int chunk;

    /**
     * Creates a counter.
     *
     * @param limit the limit that every call will say; if it is {@code Long.MAX_VALUE}, there is
     *     none
     */
    public PermitCounter(long limit) {
        this(new Stripes(), limit);
    }

    PermitCounter(Stripes stripes, long limit) {
        this(
                stripes,
                limit != Long.MAX_VALUE,
                (int) Math.min(CHUNK, limit / stripes.count() / PART));
    }

    private PermitCounter(Stripes stripes, boolean limited, int chunk) {
        this.stripes = stripes;
        this.limited = limited;
        this.chunk = chunk;
    }

    /** Returns a counter whose limit may change. It counts exactly; all threads share a line. */
    static PermitCounter changing(Stripes stripes) {
        return new PermitCounter(stripes, true, 0);
    }

    /** Takes a permit. Returns false, and takes nothing, if the limit is reached. */
    public boolean take(long limit) {
        int own = stripes.own();
        if (!limited) {
            stripes.getAndDecrement(own + KEPT);
            return true;
        }
        if (chunk > 0 && stripes.get(LENT) <= limit && takeKept(own)) {
            return true;
        }
        do {
            if (borrow(own, limit)) {
                return true;
            }
        } while (chunk > 0 && collect());
        return false;
    }

    /** Takes a permit, also beyond the limit. */
    public void takeAnyway() {
        int own = stripes.own();
        if (!limited) {
            stripes.getAndDecrement(own + KEPT);
        } else if (!takeKept(own)) {
            stripes.getAndIncrement(LENT);
        }
    }

    private boolean takeKept(int own) {
        long kept = stripes.get(own + KEPT);
        while (kept > 0) {
            if (stripes.compareAndSet(own + KEPT, kept, kept - 1)) {
                return true;
            }
            kept = stripes.get(own + KEPT);
        }
        return false;
    }

    private boolean borrow(int own, long limit) {
        long lent = stripes.get(LENT);
        while (lent < limit) {
            long some = Math.max(1, Math.min(chunk, (limit - lent) / stripes.count()));
            if (stripes.compareAndSet(LENT, lent, lent + some)) {
                if (some > 1) {
                    stripes.getAndAdd(own + KEPT, some - 1);
                }
                return true;
            }
            lent = stripes.get(LENT);
        }
        return false;
    }

    /** Takes back what all stripes keep. Returns false if that is nothing. */
    private boolean collect() {
        long collected = 0;
        for (int i = 0; i < stripes.count(); i++) {
            int each = stripes.at(i) + KEPT;
            if (stripes.get(each) > 0) { // else its line need not move here
                collected += stripes.getAndSet(each, 0);
            }
        }
        if (collected > 0) {
            stripes.getAndAdd(LENT, -collected);
        }
        return collected > 0;
    }

    /**
     * Gives a permit back that was used.
     *
     * @return how many were in use, if the limit may change
     */
    public long giveBack() {
        int own = stripes.own();
        stripes.getAndIncrement(own + USED);
        return giveBack(own);
    }

    /** Gives a permit back as if it had not been taken. */
    void cancel() {
        giveBack(stripes.own());
    }

    /** Counts one as used that had no permit. */
    public void usedNone() {
        stripes.getAndIncrement(stripes.own() + USED);
    }

    private long giveBack(int own) {
        if (limited && chunk == 0) {
            return stripes.getAndDecrement(LENT);
        }
        long kept = stripes.incrementAndGet(own + KEPT);
        if (kept > 2L * chunk && limited && stripes.compareAndSet(own + KEPT, kept, chunk)) {
            stripes.getAndAdd(LENT, chunk - kept);
        }
        return 0;
    }

    /** Returns whether the limit is reached. */
    public boolean isUsedUp(long limit) {
        if (!limited || stripes.get(LENT) < limit) {
            return false;
        }
        return chunk == 0 || inUse() >= limit;
    }

    /** Returns how many permits are in use; while requests come, nearly. */
    public long inUse() {
        long kept = stripes.sum(KEPT);
        return Math.max(0, stripes.get(LENT) - kept);
    }

    /** Returns how many were used so far; while requests come, nearly. */
    public long used() {
        return stripes.sum(USED);
    }
}
