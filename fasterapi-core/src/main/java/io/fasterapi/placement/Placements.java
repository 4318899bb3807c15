package io.fasterapi.placement;

import io.fasterapi.log.LaterLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The placement of every route of an application. The configuration decides first, then the route
 * itself, then the default. A route has the same placement in every lane. Thread-safe.
 */
public final class Placements {

    private final LaterLog log = new LaterLog(System.getLogger(Placements.class.getName()));
    private final Placement fallback;
    private final Function<String, @Nullable Placement> configured;
    private final LoadLimits limits;
    private final Overload overload = new Overload();
    private final PromotionLimit limit = new PromotionLimit();
    private final Map<String, RoutePlacement> routes = new ConcurrentHashMap<>();
    private final Map<String, PlacementMove> lastMoves = new ConcurrentHashMap<>();
    private final Map<Placement, LongAdder> moves = new EnumMap<>(Placement.class);

    private final List<Refusal> refusals = new ArrayList<>();
    private final List<BiConsumer<RouteLoad, Refused>> followers = new ArrayList<>();

    /**
     * A route and a cause for which requests were refused.
     *
     * @param load the route's load
     * @param cause the cause
     */
    private record Refusal(RouteLoad load, Refused cause) {}

    /**
     * Creates an empty register.
     *
     * @param fallback the default placement
     * @param configured returns the configured placement of a path template, or null
     * @param limits how many requests may be under way
     */
    public Placements(
            Placement fallback,
            Function<String, @Nullable Placement> configured,
            LoadLimits limits) {
        this.fallback = fallback;
        this.limits = limits;
        this.configured = configured;
        followRefusals(overload::refused);
        for (Placement placement : Placement.values()) {
            moves.put(placement, new LongAdder());
        }
    }

    /** Creates a register without a configuration and without limits. */
    public static Placements of(Placement fallback) {
        return new Placements(fallback, template -> null, LoadLimits.none());
    }

    /** Returns the default placement. */
    public Placement fallback() {
        return fallback;
    }

    /** Returns the overload episodes. */
    public Overload overload() {
        return overload;
    }

    /** Returns the limit under which a route moves to its event loop. It must be calibrated. */
    public PromotionLimit limit() {
        return limit;
    }

    /**
     * Returns the placement of a route. The same method and template give the same object.
     *
     * @param method the HTTP method, or {@code *}
     * @param template the path template without any base path
     * @param own the placement that the route itself asks for, or null
     */
    public RoutePlacement of(String method, String template, @Nullable Placement own) {
        return routes.computeIfAbsent(
                method + " " + template,
                name ->
                        make(
                                name,
                                decide(template, own),
                                limits.loadOf(name, template, this::firstRefusal)));
    }

    /** Returns the placement with this name, or null if none was created. */
    public @Nullable RoutePlacement find(String name) {
        return routes.get(name);
    }

    /** Returns the placement of a route with a shard key. It is always CORE. */
    public RoutePlacement sharded(String method, String template) {
        return exactly(method + " " + template, template, Placement.CORE);
    }

    /**
     * Returns a fixed placement under the given name. Neither the configuration nor the route can
     * change it.
     */
    public RoutePlacement exactly(String name, String template, Placement placement) {
        return routes.computeIfAbsent(
                name,
                same -> make(same, placement, limits.loadOf(same, template, this::firstRefusal)));
    }

    /**
     * Returns the placement for requests of unknown kind. It begins on a core and moves to threads
     * if calls wait, but never to an event loop.
     */
    public RoutePlacement unmapped(String name, String template) {
        return routes.computeIfAbsent(
                name,
                same ->
                        new AutoPlacement(
                                same,
                                limits.loadOf(same, template, this::firstRefusal),
                                new PromotionLimit(),
                                this::moved));
    }

    private Placement decide(String template, @Nullable Placement own) {
        Placement said = configured.apply(template);
        if (said != null) {
            return said;
        }
        return own == null ? fallback : own;
    }

    private RoutePlacement make(String name, Placement placement, RouteLoad load) {
        return placement == Placement.AUTO
                ? new AutoPlacement(name, load, limit, this::moved)
                : RoutePlacement.fixed(name, placement, load);
    }

    private void moved(PlacementMove move) {
        lastMoves.put(move.route(), move);
        moves.getOrDefault(move.to(), new LongAdder()).increment();
        log.log(
                System.Logger.Level.INFO,
                "FasterAPI: %s now runs %s, before %s: %s"
                        .formatted(
                                move.route(), place(move.to()), place(move.from()), move.reason()));
    }

    private static String place(Placement placement) {
        return switch (placement) {
            case CORE -> "on a handler core";
            case INLINE -> "on its event loop";
            case VIRTUAL -> "on a thread of its own";
            case AUTO -> "anywhere";
        };
    }

    private void firstRefusal(RouteLoad load, Refused cause) {
        synchronized (refusals) {
            for (BiConsumer<RouteLoad, Refused> follower : followers) {
                follower.accept(load, cause);
            }
            refusals.add(new Refusal(load, cause));
        }
    }

    /**
     * Tells the follower of each route and cause with refusals, once, those of the past included.
     * Meters use it.
     */
    public void followRefusals(BiConsumer<RouteLoad, Refused> follower) {
        synchronized (refusals) {
            refusals.forEach(each -> follower.accept(each.load(), each.cause()));
            followers.add(follower);
        }
    }

    /** Returns the placements that were created so far. */
    public Collection<RoutePlacement> routes() {
        return routes.values();
    }

    /** Returns the last move of each route that has moved, in the order of the routes' names. */
    public List<PlacementMove> lastMoves() {
        return lastMoves.values().stream()
                .sorted(Comparator.comparing(PlacementMove::route))
                .toList();
    }

    /** Returns how often routes have moved to a placement. */
    public long moves(Placement to) {
        LongAdder count = moves.get(to);
        return count == null ? 0 : count.sum();
    }
}
