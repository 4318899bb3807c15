package io.fasterapi.admission;

import io.fasterapi.placement.DrainEstimate;
import io.fasterapi.placement.DrainTime;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many exchanges are under way. Counts those that have begun, those that have ended, and
 * among these the ones that ended otherwise than with an answer. Thread-safe, without contention.
 */
public final class ConcurrencyLimiter {

    private final long limit;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final DrainTime drain = new DrainEstimate(this::count, ended::sum);
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
        for (int i = 0; i < otherwise.length; i++) {
            otherwise[i] = new LongAdder();
        }
    }

    /**
     * Asks whether an exchange that has begun may go on. If so, it is counted in at its route, to
     * be counted out when it ends.
     *
     * @return null, or why it is refused, which is counted
     */
    public @Nullable Refused refusal(RouteLoad route) {
        if (!route.enter()) {
            route.refuse(Refused.ROUTE_LIMIT);
            return Refused.ROUTE_LIMIT;
        }
        if (limit != Long.MAX_VALUE && !route.isEssential() && count() > limit) {
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
        return limit != Long.MAX_VALUE && count() >= limit ? Refused.LIMIT : null;
    }

    /** An exchange has begun. */
    public void begin() {
        begun.increment();
    }

    /** An exchange has ended. */
    public void end(Ending how) {
        if (how != Ending.ANSWERED) {
            otherwise[how.ordinal()].increment();
        }
        ended.increment();
    }

    /** Returns how many exchanges are under way. */
    public long count() {
        long over = ended.sum();
        return begun.sum() - over;
    }

    /** Returns how long exchanges that are under way will be. */
    public DrainTime drain() {
        return drain;
    }

    /** Returns how many exchanges have begun. */
    public long begun() {
        return begun.sum();
    }

    /** Returns how many exchanges have ended so; while requests come, nearly. */
    public long ended(Ending how) {
        if (how != Ending.ANSWERED) {
            return otherwise[how.ordinal()].sum();
        }
        long answered = ended.sum();
        for (LongAdder each : otherwise) {
            answered -= each.sum();
        }
        return answered;
    }
}
