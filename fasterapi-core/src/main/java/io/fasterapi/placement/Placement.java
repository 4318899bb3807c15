package io.fasterapi.placement;

/** The kind of thread that runs a handler. */
public enum Placement {

    /** A handler core: the request crosses a ring, the answer returns in a batch. */
    CORE,

    /** The connection's event loop: no hop, and a slow handler stalls its neighbours. */
    INLINE,

    /** A thread of its own, virtual where the JVM has them: the handler may block. */
    VIRTUAL,

    /** One of the others, chosen for each route by what its calls cost, and changed with that. */
    AUTO;

    /** Returns the name as it is written in properties and reports, for example {@code core}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
