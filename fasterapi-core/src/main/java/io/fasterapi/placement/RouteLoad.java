package io.fasterapi.placement;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;

/** How many requests of one route are under way, and how many were refused. Thread-safe. */
public final class RouteLoad {

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLongArray refused = new AtomicLongArray(Refused.values().length);
    private final String route;
    private final boolean essential;
    private final int limit;
    private final BiConsumer<RouteLoad, Refused> firsts;

    /**
     * Creates the load of a route.
     *
     * @param route its name
     * @param essential whether its requests are never refused: health checks, for example
     * @param limit the most requests that may be under way, at least 1
     * @param firsts is told of the first refusal for each cause
     */
    RouteLoad(String route, boolean essential, int limit, BiConsumer<RouteLoad, Refused> firsts) {
        this.route = route;
        this.firsts = firsts;
        this.essential = essential;
        this.limit = limit;
    }

    static RouteLoad unlimited() {
        return new RouteLoad("", false, Integer.MAX_VALUE, (load, cause) -> {});
    }

    /** Returns the route's name, for example {@code GET /users/{id}}. */
    public String route() {
        return route;
    }

    /** Returns whether the route's requests are never refused. */
    public boolean isEssential() {
        return essential;
    }

    /** Counts a request in, unless there are too many; then false, and nothing is counted. */
    public boolean enter() {
        if (underWay.incrementAndGet() > limit && !essential) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Counts a request out. */
    public void leave() {
        underWay.decrementAndGet();
    }

    /** Returns how many requests are under way. */
    public int underWay() {
        return underWay.get();
    }

    /** Counts a refusal. */
    public void refuse(Refused cause) {
        if (refused.incrementAndGet(cause.ordinal()) == 1) {
            firsts.accept(this, cause);
        }
    }

    /** Returns how many requests were refused for a cause. */
    public long refused(Refused cause) {
        return refused.get(cause.ordinal());
    }
}
