package io.fasterapi.placement;

/** An automatic placement whose calls a stress test makes up; here because it is no public API. */
public final class StressedPlacement {

    /** Calls that a thread counts by itself before it adds them to those of all. */
    public static final int SHARE = AutoPlacement.SHARE;

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

    /** Returns how many calls have been counted for the next judgement. */
    public int counted() {
        return route.counted();
    }
}
