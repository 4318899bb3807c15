package io.fasterapi.exchange;

import io.fasterapi.http.Deadline;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What decides whether a request is served, and until when.
 *
 * @param inFlight counts the exchanges under way
 * @param deadlines when their answers are due
 * @param loopWait how long a request may wait for its event loop, if it runs there
 * @param refusals what refused requests are answered
 */
public record Admission(
        InFlight inFlight, Deadlines deadlines, LoopWait loopWait, Refusals refusals) {

    /** Returns one that refuses nothing, except what a count does. */
    public static Admission of(InFlight inFlight) {
        return new Admission(inFlight, Deadlines.none(), LoopWait.none(), Refusals.plain());
    }

    /**
     * Returns the passage of an exchange that has just arrived; those of essential routes have no
     * deadline.
     */
    public Passage passage(RouteLoad route, HttpHeaders headers) {
        Deadline deadline =
                deadlines.isAny() && !route.isEssential() ? deadlines.of(headers) : null;
        return new Passage(inFlight, route, deadline);
    }

    /** Returns whether anything is asked of requests that run on their event loop by default. */
    public boolean isAskedInline() {
        return deadlines.isAny() || loopWait.isLimited();
    }

    /**
     * Returns whether an exchange may run on its event loop, where it is; if not, that is counted.
     */
    public boolean admitsInline(RouteLoad route, EventLoop loop) {
        if (!loopWait.isTooLong(loop) || route.isEssential()) {
            return true;
        }
        route.refuse(Refused.LOOP_BUSY);
        return false;
    }

    /**
     * Returns whether an exchange that has just arrived may be served on its event loop without
     * being watched for a deadline.
     */
    public boolean servesAtOnce(RouteLoad route, EventLoop loop) {
        return !deadlines.isAny()
                && (route.isEssential()
                        || (inFlight.refusalFor(route) == null && !loopWait.isTooLong(loop)));
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
        Refused cause = inFlight.refusalFor(route);
        if (cause == null && inline && loopWait.isTooLong(loop)) {
            cause = Refused.LOOP_BUSY;
        }
        if (cause == null) {
            return Verdict.ADMITTED;
        }
        inFlight.begin();
        route.refuse(cause);
        inFlight.end(Ending.REFUSED);
        return refusals.of(route);
    }
}
