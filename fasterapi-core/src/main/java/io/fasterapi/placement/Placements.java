package io.fasterapi.placement;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the routes of an application run: what the configuration says, else what the route itself
 * says, else the default. The same route has the same placement in every lane. Thread-safe.
 */
public final class Placements {

    private static final System.Logger LOGGER = System.getLogger(Placements.class.getName());

    private final Placement fallback;
    private final Function<String, @Nullable Placement> configured;
    private final PromotionLimit limit = new PromotionLimit();
    private final Map<String, RoutePlacement> routes = new ConcurrentHashMap<>();
    private final Map<String, PlacementMove> lastMoves = new ConcurrentHashMap<>();
    private final Map<Placement, LongAdder> moves = new EnumMap<>(Placement.class);

    /**
     * Creates an empty register.
     *
     * @param fallback the default
     * @param configured returns what the configuration says about a path template, or null
     */
    public Placements(Placement fallback, Function<String, @Nullable Placement> configured) {
        this.fallback = fallback;
        this.configured = configured;
        for (Placement placement : Placement.values()) {
            moves.put(placement, new LongAdder());
        }
    }

    /** Creates a register without a configuration. */
    public static Placements of(Placement fallback) {
        return new Placements(fallback, template -> null);
    }

    /** Returns the default. */
    public Placement fallback() {
        return fallback;
    }

    /** Returns the limit below which a route is promoted to the event loop, to be calibrated. */
    public PromotionLimit limit() {
        return limit;
    }

    /**
     * Returns the placement of a route; the same object for the same method and template.
     *
     * @param method its HTTP method, or {@code *}
     * @param template its path template without any base path
     * @param own what the route itself says, or null
     */
    public RoutePlacement of(String method, String template, @Nullable Placement own) {
        return routes.computeIfAbsent(
                method + " " + template, name -> make(name, decide(template, own)));
    }

    private Placement decide(String template, @Nullable Placement own) {
        Placement said = configured.apply(template);
        if (said != null) {
            return said;
        }
        return own == null ? fallback : own;
    }

    private RoutePlacement make(String name, Placement placement) {
        return placement == Placement.AUTO
                ? new AutoPlacement(name, limit, this::moved)
                : RoutePlacement.fixed(name, placement);
    }

    private void moved(PlacementMove move) {
        lastMoves.put(move.route(), move);
        moves.getOrDefault(move.to(), new LongAdder()).increment();
        LOGGER.log(
                System.Logger.Level.INFO,
                "FasterAPI: {0} runs {1} instead of {2}: {3}",
                move.route(),
                place(move.to()),
                place(move.from()),
                move.reason());
    }

    private static String place(Placement placement) {
        return switch (placement) {
            case CORE -> "on a handler core";
            case INLINE -> "on its event loop";
            case VIRTUAL -> "on a thread of its own";
            case AUTO -> "anywhere";
        };
    }

    /** Returns every route that has been asked for. */
    public Collection<RoutePlacement> routes() {
        return routes.values();
    }

    /** Returns the last move of each route that has moved, by the route's name. */
    public List<PlacementMove> lastMoves() {
        return lastMoves.values().stream()
                .sorted(Comparator.comparing(PlacementMove::route))
                .toList();
    }

    /** Returns how many times any route has moved to a placement. */
    public long moves(Placement to) {
        LongAdder count = moves.get(to);
        return count == null ? 0 : count.sum();
    }
}
