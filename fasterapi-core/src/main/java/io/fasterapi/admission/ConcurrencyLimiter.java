package io.fasterapi.admission;

import io.fasterapi.placement.DrainEstimate;
import io.fasterapi.placement.DrainTime;
import io.fasterapi.placement.PermitCounter;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts exchanges: those under way, up to a limit, those that have ended, and among these the ones
 * that ended otherwise than with an answer. Thread-safe, without contention.
 */
public final class ConcurrencyLimiter {

    private final long limit;
    private final PermitCounter permits;
    private final DrainTime drain;
    private final LongAdder[] otherwise = new LongAdder[Ending.values().length];

    /** Creates one that only counts. */
    public ConcurrencyLimiter() {
        this(Long.MAX_VALUE);
    }

    /**
     * Creates a limiter.
     *
     * @param limit the most exchanges that may be under way
     */
    public ConcurrencyLimiter(long limit) {
        this.limit = limit;
        this.permits = new PermitCounter(limit);
        this.drain = new DrainEstimate(this::count, permits::used);
        for (int i = 0; i < otherwise.length; i++) {
            otherwise[i] = new LongAdder();
        }
    }

    /**
     * Asks whether an exchange may begin. If so, it is counted in here and at its route, to be
     * counted out of both when it ends.
     *
     * @return null, or why it is refused, which is counted
     */
    public @Nullable Refused refusal(RouteLoad route) {
        if (!route.enter()) {
            route.refuse(Refused.ROUTE_LIMIT);
            return Refused.ROUTE_LIMIT;
        }
        if (route.isEssential()) {
            permits.takeAnyway();
        } else if (!permits.take(limit)) {
            route.leave();
            route.refuse(Refused.LIMIT);
            return Refused.LIMIT;
        }
        return null;
    }

    /** Returns why an exchange that is not essential would be refused now, or null. */
    @Nullable Refused refusalFor(RouteLoad route) {
        if (route.isFull()) {
            return Refused.ROUTE_LIMIT;
        }
        return permits.isUsedUp(limit) ? Refused.LIMIT : null;
    }

    /**
     * An exchange has ended.
     *
     * @param admitted whether it was counted in
     */
    public void end(Ending how, boolean admitted) {
        if (how != Ending.ANSWERED) {
            otherwise[how.ordinal()].increment();
        }
        if (admitted) {
            permits.giveBack();
        } else {
            permits.usedNone();
        }
    }

    /** Returns how many exchanges are under way; while requests come, nearly. */
    public long count() {
        return permits.inUse();
    }

    /** Returns how long exchanges that are under way will be. */
    public DrainTime drain() {
        return drain;
    }

    /** Returns how many exchanges have begun; while requests come, nearly. */
    public long begun() {
        return permits.used() + permits.inUse();
    }

    /** Returns how many exchanges have ended so; while requests come, nearly. */
    public long ended(Ending how) {
        if (how != Ending.ANSWERED) {
            return otherwise[how.ordinal()].sum();
        }
        long answered = permits.used();
        for (LongAdder each : otherwise) {
            answered -= each.sum();
        }
        return answered;
    }
}
