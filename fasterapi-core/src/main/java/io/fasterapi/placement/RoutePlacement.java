package io.fasterapi.placement;

/**
 * Where one route runs now. Read by event loops for every request; told by whatever thread ran one.
 * Thread-safe.
 */
public abstract class RoutePlacement {

    /** From here on a call is long: it is worth a look at the CPU time it used. */
    static final long LONG_NANOS = 1_000_000;

    private final String route;
    private final Placement declared;
    private final RouteLoad load;

    RoutePlacement(String route, Placement declared, RouteLoad load) {
        this.route = route;
        this.declared = declared;
        this.load = load;
    }

    /** Creates one that never moves, for requests that are not limited. */
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

    /** Returns what was asked for; AUTO if it may move. */
    public final Placement declared() {
        return declared;
    }

    /** Returns the route's requests that are under way. */
    public final RouteLoad load() {
        return load;
    }

    /** Returns where the next request runs: CORE, INLINE or VIRTUAL. */
    public abstract Placement now();

    /** Returns whether calls are to be told to {@link #ran}. */
    public final boolean isMeasured() {
        return declared == Placement.AUTO;
    }

    /**
     * A call of the handler has returned.
     *
     * @param where the kind of thread that it ran on
     * @param wallNanos how long the thread was busy with it
     * @param cpuNanos the CPU time that the thread used meanwhile, or a little more
     * @param readyNanos how long the thread was ready meanwhile but had no CPU; 0 if not known
     */
    public abstract void ran(Placement where, long wallNanos, long cpuNanos, long readyNanos);

    /** Returns whether calls seem to wait, or to be slow. */
    boolean isSuspected() {
        return false;
    }

    /** Returns whether what was published to a core is to run on a thread of its own by now. */
    public final boolean hasMovedToThreads() {
        return isMeasured() && now() == Placement.VIRTUAL;
    }

    /** Returns from how many nanoseconds on a call counts as slow there. */
    long slowNanos(Placement where) {
        return LONG_NANOS;
    }

    /** A call waits on its core, has for so long, and has not returned yet. Any thread. */
    public abstract void waits(long wallNanos);

    /** A call has held up its event loop for too long and may not have returned yet. */
    public abstract void stalled(long wallNanos);

    /** Runs a call where it was placed, and times it if the placement may change with that. */
    public final void run(Placement where, Runnable call) {
        if (!isMeasured()) {
            call.run();
        } else if (where == Placement.VIRTUAL) {
            long begun = System.nanoTime();
            try {
                call.run();
            } finally {
                long wall = System.nanoTime() - begun;
                ran(where, wall, wall, 0); // a virtual thread's CPU time cannot be read
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

    /** Returns the placement, with the one that is used now if it may change. */
    public final String describe() {
        return isMeasured() ? declared.label() + ": " + now().label() : declared.label();
    }

    @Override
    public String toString() {
        return route + ": " + describe();
    }

    /** Stays where it is. */
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
            // It was not asked for.
        }

        @Override
        public void waits(long wallNanos) {
            // It was placed there on purpose.
        }

        @Override
        public void stalled(long wallNanos) {
            // It was placed there on purpose.
        }
    }
}
