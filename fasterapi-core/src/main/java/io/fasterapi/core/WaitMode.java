package io.fasterapi.core;

/** How a core waits while its ring is empty. */
public enum WaitMode {

    /** Yields twice, then parks until work arrives. An idle core uses no CPU. */
    PARK(false),

    /** Yields all the time. An idle core uses a whole CPU and lets other threads have it. */
    YIELD(true),

    /** Spins all the time. An idle core uses a whole CPU; only for CPUs that nothing else uses. */
    SPIN(true);

    private final boolean spinning;

    WaitMode(boolean spinning) {
        this.spinning = spinning;
    }

    /** Returns whether an idle core uses a whole CPU. */
    public boolean spinning() {
        return spinning;
    }
}
