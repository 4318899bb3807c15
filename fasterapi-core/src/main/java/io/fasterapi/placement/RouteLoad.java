package io.fasterapi.placement;

import io.fasterapi.log.SafeLog;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Counts the requests of one route that are under way and those that were refused. Thread-safe. */
public final class RouteLoad {

    private static final System.Logger LOGGER = System.getLogger(RouteLoad.class.getName());

    private final Stripes stripes = new Stripes();
    private final PermitCounter permits;
    private final LongAdder[] refused = new LongAdder[Refused.values().length];
    private final AtomicIntegerArray told = new AtomicIntegerArray(refused.length);
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
        this.permits = permits(stripes, limit);
        for (int i = 0; i < refused.length; i++) {
            refused[i] = new LongAdder();
        }
    }

    private static PermitCounter permits(Stripes stripes, ConcurrencyLimit limit) {
        if (!(limit instanceof FixedLimit fixed)) {
            return PermitCounter.changing(stripes);
        }
        boolean none = fixed.now() == Integer.MAX_VALUE;
        return new PermitCounter(stripes, none ? Long.MAX_VALUE : fixed.now());
    }

    /** Returns what each thread knows of the route. */
    Stripes stripes() {
        return stripes;
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
        if (essential) {
            permits.takeAnyway();
            return true;
        }
        return permits.take(limit());
    }

    /** Returns whether the limit is reached. */
    public boolean isFull() {
        return permits.isUsedUp(limit());
    }

    /** Counts a request out that was refused after it had been counted in. */
    public void leave() {
        permits.cancel();
    }

    /**
     * Counts a request out.
     *
     * @param begunNanos when it was counted in; needed only if {@link #isTimed}
     * @param failed whether it ended without an answer of the application
     */
    public void leave(long begunNanos, boolean failed) {
        long before = permits.giveBack();
        try {
            if (limit.isLearning()) {
                limit.ended(begunNanos, System.nanoTime() - begunNanos, (int) before, failed);
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
        return (int) permits.inUse();
    }

    /** Returns how many requests have ended. */
    public long ended() {
        return permits.used();
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
        int index = cause.ordinal();
        refused[index].increment();
        if (told.get(index) == 0 && told.compareAndSet(index, 0, 1)) {
            try {
                firsts.accept(this, cause);
            } catch (Throwable ex) {
                SafeLog.error(LOGGER, () -> route + ": a listener failed at the first refusal", ex);
            }
        }
    }

    /** Returns how many requests were refused for a cause. */
    public long refused(Refused cause) {
        return refused[cause.ordinal()].sum();
    }
}
