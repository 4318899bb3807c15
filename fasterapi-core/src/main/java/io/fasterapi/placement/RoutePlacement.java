package io.fasterapi.placement;

/**
 * The placement of one route. Event loops read it for every request; the thread that has run a call
 * reports to it. Thread-safe.
 */
public abstract class RoutePlacement {

    /** From this duration on, a call is long enough to read its CPU time. */
    static final long LONG_NANOS = 1_000_000;

    private final String route;
    private final Placement declared;
    private final RouteLoad load;

    RoutePlacement(String route, Placement declared, RouteLoad load) {
        this.route = route;
        this.declared = declared;
        this.load = load;
    }

    /** Creates a placement that never moves, for requests without limits. */
    public static RoutePlacement fixed(String route, Placement placement) {
        return fixed(route, placement, RouteLoad.unlimited());
    }

    static RoutePlacement fixed(String route, Placement placement, RouteLoad load) {
        if (placement == Placement.AUTO) {
            throw new IllegalArgumentException(
                    "placement: auto (expected: core, inline or virtual)");
        }
        return new Fixed(route, placement, load);
    }

    /** Returns the route's name, for example {@code GET /users/{id}}. */
    public final String route() {
        return route;
    }

    /** Returns the placement that was asked for. AUTO means that it may move. */
    public final Placement declared() {
        return declared;
    }

    /** Returns the load of the route. */
    public final RouteLoad load() {
        return load;
    }

    /** Returns where the next request runs: CORE, INLINE or VIRTUAL. */
    public abstract Placement now();

    /** Returns whether {@link #ran} must be called for each call. */
    public final boolean isMeasured() {
        return declared == Placement.AUTO;
    }

    /**
     * A call of the handler has returned.
     *
     * @param where the placement that it ran in
     * @param wallNanos how long its thread was busy with it
     * @param cpuNanos the CPU time of its thread, or a little more
     * @param readyNanos how long its thread was ready but had no CPU; 0 if unknown
     */
    public abstract void ran(Placement where, long wallNanos, long cpuNanos, long readyNanos);

    /** Returns whether calls seem to wait or to be slow. */
    boolean isSuspected() {
        return false;
    }

    /** Returns whether work that was published to a core should run on a thread of its own now. */
    public final boolean hasMovedToThreads() {
        return isMeasured() && now() == Placement.VIRTUAL;
    }

    /** Returns from how many nanoseconds on a call is slow in a placement. */
    long slowNanos(Placement where) {
        return LONG_NANOS;
    }

    /** A call waits on its core, has waited for this long, and has not returned yet. Any thread. */
    public abstract void waits(long wallNanos);

    /** A call has held up its event loop too long. It may not have returned yet. */
    public abstract void stalled(long wallNanos);

    /** Runs a call in its placement. Measures it if the placement may move. */
    public final void run(Placement where, Runnable call) {
        if (!isMeasured()) {
            call.run();
        } else if (where == Placement.VIRTUAL) {
            long begun = System.nanoTime();
            try {
                call.run();
            } finally {
                long wall = System.nanoTime() - begun;
                ran(where, wall, wall, 0); // the CPU time of a virtual thread cannot be read
            }
        } else {
            CallClock clock = CallClock.current();
            long begun = clock.begin(isSuspected());
            try {
                call.run();
            } finally {
                clock.ended(this, where, begun);
            }
        }
    }

    /** Returns the declared placement; for AUTO also the present one. */
    public final String describe() {
        return isMeasured() ? declared.label() + ": " + now().label() : declared.label();
    }

    @Override
    public String toString() {
        return route + ": " + describe();
    }

    /** A placement that never moves. */
    private static final class Fixed extends RoutePlacement {

        Fixed(String route, Placement placement, RouteLoad load) {
            super(route, placement, load);
        }

        @Override
        public Placement now() {
            return declared();
        }

        @Override
        public void ran(Placement where, long wallNanos, long cpuNanos, long readyNanos) {
            // Never called, because isMeasured is false.
        }

        @Override
        public void waits(long wallNanos) {
            // The application has chosen this placement.
        }

        @Override
        public void stalled(long wallNanos) {
            // The application has chosen this placement.
        }
    }
}
