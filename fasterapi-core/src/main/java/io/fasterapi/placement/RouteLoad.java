package io.fasterapi.placement;

import io.fasterapi.log.SafeLog;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Counts the requests of one route that are under way and those that were refused. Thread-safe. */
public final class RouteLoad {

    private static final System.Logger LOGGER = System.getLogger(RouteLoad.class.getName());

    /**
     * One ended request in {@link #counts}. The upper half counts the ended ones, the lower half
     * those under way.
     */
    private static final long ENDED = 1L << Integer.SIZE;

    private final AtomicLong counts = new AtomicLong();
    private final AtomicLongArray refused = new AtomicLongArray(Refused.values().length);
    private final String route;
    private final boolean essential;
    private final boolean tooMany;
    private final ConcurrencyLimit limit;
    private final BiConsumer<RouteLoad, Refused> firsts;
    private final DrainTime drain = new DrainEstimate(this::underWay, this::ended);
    private volatile @Nullable Refused lastCause;

    /**
     * Creates the load of a route.
     *
     * @param route its name
     * @param essential whether its requests are never refused, as for health checks
     * @param tooMany whether its refusals get 429 instead of 503
     * @param limit the most requests that may be under way
     * @param firsts told of the first refusal for each cause
     */
    RouteLoad(
            String route,
            boolean essential,
            boolean tooMany,
            ConcurrencyLimit limit,
            BiConsumer<RouteLoad, Refused> firsts) {
        this.route = route;
        this.firsts = firsts;
        this.essential = essential;
        this.tooMany = tooMany;
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

    /** Counts a request in. Returns false, and counts nothing, if too many are under way. */
    public boolean enter() {
        int most = limit(); // before anything is counted: it may throw
        if ((int) counts.incrementAndGet() > most && !essential) {
            counts.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Returns whether the limit is reached. */
    public boolean isFull() {
        return underWay() >= limit();
    }

    /** Counts a request out that was refused after it had been counted in. */
    public void leave() {
        counts.decrementAndGet();
    }

    /**
     * Counts a request out.
     *
     * @param begunNanos when it was counted in; needed only if {@link #isTimed}
     * @param failed whether it ended without an answer of the application
     */
    public void leave(long begunNanos, boolean failed) {
        int before = (int) counts.getAndAdd(ENDED - 1);
        try {
            if (limit.isLearning()) {
                limit.ended(begunNanos, System.nanoTime() - begunNanos, before, failed);
            }
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER, () -> route + ": its ConcurrencyLimit failed when a request ended", ex);
        }
    }

    /** Returns whether the limit needs to know how long requests are under way. */
    public boolean isTimed() {
        return limit.isLearning();
    }

    /** Returns the present limit. */
    public int limit() {
        try {
            return limit.now();
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER,
                    () ->
                            route
                                    + ": its ConcurrencyLimit failed; the route has no limit for this request",
                    ex);
            return Integer.MAX_VALUE;
        }
    }

    /** Returns how many requests are under way. */
    public int underWay() {
        return (int) counts.get();
    }

    /** Returns how many requests have ended, modulo 2 to the 32nd. */
    public long ended() {
        return counts.get() >>> Integer.SIZE;
    }

    /** Returns how long the requests under way will take. */
    public DrainTime drain() {
        return drain;
    }

    /** Returns whether refusals get 429 instead of 503. */
    public boolean isTooMany() {
        return tooMany;
    }

    /** Returns the cause of the last refusal, or null if there was none. */
    public @Nullable Refused lastCause() {
        return lastCause;
    }

    /** Counts a refusal. */
    public void refuse(Refused cause) {
        if (lastCause != cause) {
            lastCause = cause;
        }
        if (refused.incrementAndGet(cause.ordinal()) == 1) {
            try {
                firsts.accept(this, cause);
            } catch (Throwable ex) {
                SafeLog.error(LOGGER, () -> route + ": a listener failed at the first refusal", ex);
            }
        }
    }

    /** Returns how many requests were refused for a cause. */
    public long refused(Refused cause) {
        return refused.get(cause.ordinal());
    }
}
