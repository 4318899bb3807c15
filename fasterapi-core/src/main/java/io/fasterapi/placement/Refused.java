package io.fasterapi.placement;

/** Why a request was refused instead of answered by the application. */
public enum Refused {

    /** The ring of its core had no slot left, or the core did not run. */
    RING_FULL,

    /** It had waited in the ring, or for its thread or batch, for longer than overload allows. */
    WAITED,

    /** Too many requests of its route were under way. */
    ROUTE_LIMIT,

    /** Too many requests of the application were under way. */
    LIMIT,

    /** There was no thread for it. */
    NO_THREAD,

    /** It had waited for its event loop for too long. */
    LOOP_BUSY,

    /** As many requests waited for their batch as may. */
    BATCH_FULL,

    /** Its deadline had passed; its handler may have begun and was cancelled then. */
    DEADLINE;

    /** Returns the name as it is written in reports, for example {@code ring-full}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
