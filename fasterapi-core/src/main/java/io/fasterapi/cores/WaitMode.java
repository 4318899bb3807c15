package io.fasterapi.cores;

/** How a core waits when its ring is empty. */
public enum WaitMode {

    /** Yields a few times, then parks until work arrives. Costs nothing at rest. */
    PARK(false),

    /** Spins, then yields, then parks for growing times. Costs little at rest. */
    PHASED(false),

    /** Sleeps for 50 microseconds at a time. Costs a few percent of a CPU at rest. */
    SLEEP(false),

    /** Yields without end: a whole CPU, shared politely. */
    YIELD(true),

    /** Spins without end: a whole CPU, for isolated ones only. */
    SPIN(true);

    private final boolean spinning;

    WaitMode(boolean spinning) {
        this.spinning = spinning;
    }

    /** Returns whether a waiting core uses a whole CPU. */
    public boolean spinning() {
        return spinning;
    }
}
