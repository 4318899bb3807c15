package io.fasterapi.exchange;

import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts exchanges: those that have begun, those that have ended, and among these the ones that
 * ended without an answer. Thread-safe, without contention.
 */
public final class InFlight {

    private final long limit;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder unanswered = new LongAdder();

    /** Creates a count without a limit. */
    public InFlight() {
        this(Long.MAX_VALUE);
    }

    /**
     * Creates a count.
     *
     * @param limit the most exchanges that may be under way
     */
    public InFlight(long limit) {
        this.limit = limit;
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

    /** An exchange has ended with an answer, a refusal included. */
    public void end() {
        ended.increment();
    }

    /** An exchange has ended because its connection was lost before it was answered. */
    public void endUnanswered() {
        unanswered.increment();
        ended.increment();
    }

    /** Returns how many exchanges are under way. */
    public long count() {
        long over = ended.sum();
        return begun.sum() - over;
    }

    /** Returns how many exchanges have begun. */
    public long begun() {
        return begun.sum();
    }

    /** Returns how many exchanges lost their connection before they were answered. */
    public long unanswered() {
        return unanswered.sum();
    }
}
