package io.fasterapi.exchange;

import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One exchange in the books: counted in when it begins, counted out once, by whoever ends it first.
 * Begun on the event loop, ended by any thread.
 */
public final class Passage {

    private static final AtomicIntegerFieldUpdater<Passage> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Passage.class, "state");

    private static final int NOT_ADMITTED = 0;
    private static final int ADMITTED = 1;
    private static final int ENDED = 2;

    private final InFlight inFlight;
    private final RouteLoad route;
    private volatile int state;

    public Passage(InFlight inFlight, RouteLoad route) {
        this.inFlight = inFlight;
        this.route = route;
    }

    /**
     * Counts the exchange in.
     *
     * @return false if it is to be refused, which is counted at its route; it has to be ended all
     *     the same
     */
    public boolean begin() {
        inFlight.begin();
        boolean admitted = inFlight.refusal(route) == null;
        if (admitted) {
            state = ADMITTED;
        }
        return admitted;
    }

    /** Refuses an exchange that has waited for too long; false if its route's never are. */
    public boolean giveUp() {
        if (route.isEssential()) {
            return false;
        }
        route.refuse(Refused.WAITED);
        return true;
    }

    /** Returns the route's load. */
    public RouteLoad route() {
        return route;
    }

    /** Returns whether the exchange was counted out. */
    public boolean isEnded() {
        return state == ENDED;
    }

    /** Counts the exchange out, with an answer; false if it was before. */
    public boolean end() {
        boolean first = leave();
        if (first) {
            inFlight.end();
        }
        return first;
    }

    /** Counts the exchange out, its connection lost before an answer; false if it was before. */
    public boolean endUnanswered() {
        boolean first = leave();
        if (first) {
            inFlight.endUnanswered();
        }
        return first;
    }

    private boolean leave() {
        int before = STATE.getAndSet(this, ENDED);
        if (before == ADMITTED) {
            route.leave();
        }
        return before != ENDED;
    }
}
