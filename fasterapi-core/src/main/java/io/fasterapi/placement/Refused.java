package io.fasterapi.placement;

/** Why a request was refused. */
public enum Refused {

    /** The ring of its core was full, or the core did not run. */
    RING_FULL,

    /**
     * It had waited in the ring, or for its thread or its batch, longer than an overloaded
     * application allows.
     */
    WAITED,

    /** Too many requests of its route were under way. */
    ROUTE_LIMIT,

    /** Too many requests of the application were under way. */
    LIMIT,

    /** No thread could be had for it. */
    NO_THREAD,

    /** It had waited too long for its event loop. */
    LOOP_BUSY,

    /** The queue of its batcher was full. */
    BATCH_FULL,

    /** Its deadline had passed. If its handler had begun, it was cancelled. */
    DEADLINE;

    /** Returns the name used in reports and meters, for example {@code ring-full}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
