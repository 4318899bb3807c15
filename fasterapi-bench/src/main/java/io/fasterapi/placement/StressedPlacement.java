package io.fasterapi.placement;

/** An automatic placement whose calls a stress test makes up; here because it is no public API. */
public final class StressedPlacement {

    /** Calls of the other kind until one that has waited is forgotten. */
    public static final int POINTS = AutoPlacement.POINTS;

    private static final long MILLI = 1_000_000;

    private final AutoPlacement route =
            new AutoPlacement("GET /", RouteLoad.unlimited(), new PromotionLimit(), move -> {});

    /** A call has waited on its core. */
    public void waited() {
        route.ran(Placement.CORE, MILLI, 0, 0);
    }

    /** Calls that wait are seen, as many as move the route to threads. */
    public void moves() {
        route.waits(MILLI);
        route.waits(MILLI);
    }

    /** Returns the route. */
    public RoutePlacement route() {
        return route;
    }

    /** A call has computed for a moment. */
    public void ran() {
        route.ran(Placement.CORE, MILLI / 2, MILLI / 2, 0);
    }

    /** Returns whether what is remembered is within its bounds. */
    public boolean isWithinBounds() {
        return route.points() >= 0 && route.points() <= AutoPlacement.MOST;
    }
}
