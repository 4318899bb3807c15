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
    private final ConcurrencyLimit limit;
    private final BiConsumer<RouteLoad, Refused> firsts;

    /**
     * Creates the load of a route.
     *
     * @param route its name
     * @param essential whether its requests are never refused: health checks, for example
     * @param limit the most requests that may be under way
     * @param firsts is told of the first refusal for each cause
     */
    RouteLoad(
            String route,
            boolean essential,
            ConcurrencyLimit limit,
            BiConsumer<RouteLoad, Refused> firsts) {
        this.route = route;
        this.firsts = firsts;
        this.essential = essential;
        this.limit = limit;
    }

    static RouteLoad unlimited() {
        return LoadLimits.none().loadOf("", "", (load, cause) -> {});
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
        if (underWay.incrementAndGet() > limit.now() && !essential) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Returns whether another request would be one too many. */
    public boolean isFull() {
        return underWay.get() >= limit.now();
    }

    /** Counts a request out. */
    public void leave() {
        underWay.decrementAndGet();
    }

    /**
     * Counts a request out.
     *
     * @param begunNanos when it was counted in, if that {@link #isTimed matters}
     * @param failed whether it ended without the application's answer
     */
    public void leave(long begunNanos, boolean failed) {
        int before = underWay.getAndDecrement();
        if (limit.isLearning()) {
            limit.ended(begunNanos, System.nanoTime() - begunNanos, before, failed);
        }
    }

    /** Returns whether it matters how long requests are under way. */
    public boolean isTimed() {
        return limit.isLearning();
    }

    /** Returns the most requests that may be under way now. */
    public int limit() {
        return limit.now();
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
