package io.fasterapi.admission;

import io.fasterapi.http.Deadline;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * The permit of one exchange: taken when it begins, given back once, by whoever ends it first. Both
 * are counted. Begun on the event loop, ended by any thread.
 */
public final class RequestPermit {

    private static final AtomicIntegerFieldUpdater<RequestPermit> STATE =
            AtomicIntegerFieldUpdater.newUpdater(RequestPermit.class, "state");

    private static final int NOT_ADMITTED = 0;
    private static final int ADMITTED = 1;
    private static final int ENDED = 2;

    private final ConcurrencyLimiter limiter;
    private final RouteLoad route;
    private final @Nullable Deadline deadline;
    private volatile int state;
    private volatile @Nullable Future<?> timer;
    private long begunNanos;

    RequestPermit(ConcurrencyLimiter limiter, RouteLoad route, @Nullable Deadline deadline) {
        this.limiter = limiter;
        this.route = route;
        this.deadline = deadline;
    }

    /**
     * Counts the exchange in.
     *
     * @return false if it is to be refused, which is counted at its route; it has to be ended all
     *     the same
     */
    public boolean begin() {
        boolean admitted = limiter.refusal(route) == null;
        if (admitted) {
            begunNanos = route.isTimed() ? System.nanoTime() : 0;
            state = ADMITTED;
        }
        return admitted;
    }

    /** Refuses an exchange that has waited for too long; false if its route's never are. */
    public boolean giveUp() {
        if (route.isEssential()) {
            return false;
        }
        if (!isEnded()) { // else its deadline has passed, or the client has gone
            route.refuse(Refused.WAITED);
        }
        return true;
    }

    /** Returns when the answer is due, or null if that does not matter. */
    public @Nullable Deadline deadline() {
        return deadline;
    }

    /** Returns a context in which whatever handles the exchange finds its deadline. */
    public Context in(Context context) {
        return deadline == null ? context : deadline.in(context);
    }

    /** Returns whether the answer was due before now. */
    public boolean isOverdue() {
        return deadline != null && deadline.isOver();
    }

    /**
     * Takes what waits for the deadline, to be cancelled when the exchange ends before. It replaces
     * what waited before.
     */
    public void awaits(Future<?> waiting) {
        Future<?> before = timer;
        timer = waiting;
        if (before != null) {
            before.cancel(false);
        }
        if (isEnded()) {
            waiting.cancel(false);
        }
    }

    /**
     * Counts the exchange out because its deadline has passed; false if it was counted out before.
     */
    public boolean expire() {
        if (!end(Ending.REFUSED, true)) {
            return false;
        }
        route.refuse(Refused.DEADLINE);
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

    /** Counts the exchange out; false if it was before. */
    public boolean end(Ending how) {
        return end(how, how == Ending.FAILED || how == Ending.GONE);
    }

    private boolean end(Ending how, boolean failed) {
        int before = STATE.getAndSet(this, ENDED);
        if (before == ADMITTED) {
            route.leave(begunNanos, failed);
        }
        Future<?> waiting = timer;
        if (waiting != null) {
            waiting.cancel(false);
        }
        if (before == ENDED) {
            return false;
        }
        limiter.end(how, before == ADMITTED);
        return true;
    }
}
