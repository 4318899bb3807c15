package io.fasterapi.admission;

import io.fasterapi.http.Deadline;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What decides whether a request is served, and until when.
 *
 * @param limiter limits the exchanges under way
 * @param deadlines when their answers are due
 * @param eventLoopLag how long a request may wait for its event loop, if it runs there
 * @param refusals what refused requests are answered
 */
public record Admission(
        ConcurrencyLimiter limiter,
        Deadlines deadlines,
        EventLoopLag eventLoopLag,
        Refusals refusals) {

    /** Returns one that refuses nothing, except what a limiter does. */
    public static Admission of(ConcurrencyLimiter limiter) {
        return new Admission(limiter, Deadlines.none(), EventLoopLag.none(), Refusals.plain());
    }

    /**
     * Returns the permit of an exchange that has just arrived; those of essential routes have no
     * deadline.
     */
    public RequestPermit permit(RouteLoad route, HttpHeaders headers) {
        Deadline deadline =
                deadlines.isAny() && !route.isEssential() ? deadlines.of(headers) : null;
        return new RequestPermit(limiter, route, deadline);
    }

    /** Returns whether anything is asked of requests that run on their event loop by default. */
    public boolean isAskedInline() {
        return deadlines.isAny() || eventLoopLag.isLimited();
    }

    /**
     * Returns whether an exchange may run on its event loop, where it is; if not, that is counted.
     */
    public boolean admitsInline(RouteLoad route, EventLoop loop) {
        if (!eventLoopLag.isTooLong(loop) || route.isEssential()) {
            return true;
        }
        route.refuse(Refused.LOOP_BUSY);
        return false;
    }

    /** Returns whether an exchange that has just arrived may be served on its event loop. */
    public boolean servesInline(RouteLoad route, EventLoop loop) {
        return serves(route) && (route.isEssential() || !eventLoopLag.isTooLong(loop));
    }

    /** Returns whether an exchange that has just arrived may be served. */
    public boolean serves(RouteLoad route) {
        return route.isEssential() || limiter.refusalFor(route) == null;
    }

    /**
     * Refuses an exchange at its arrival if that would not be admitted, and counts it.
     *
     * @param inline whether it would run on its event loop
     * @return ADMITTED if it may be admitted, nothing is counted then; or what it is answered
     */
    public Verdict arrival(RouteLoad route, boolean inline, EventLoop loop) {
        if (route.isEssential()) {
            return Verdict.ADMITTED;
        }
        Refused cause = limiter.refusalFor(route);
        if (cause == null && inline && eventLoopLag.isTooLong(loop)) {
            cause = Refused.LOOP_BUSY;
        }
        if (cause == null) {
            return Verdict.ADMITTED;
        }
        route.refuse(cause);
        limiter.end(Ending.REFUSED, false);
        return refusals.of(route);
    }
}
