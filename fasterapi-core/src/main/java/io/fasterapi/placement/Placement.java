package io.fasterapi.placement;

/** Where a handler runs: the kind of thread. */
public enum Placement {

    /**
     * On a handler core. The request passes a ring to it, and its answer returns in a completion
     * batch.
     */
    CORE,

    /**
     * On the connection's event loop. There is no thread change, and a slow handler delays every
     * connection of its loop.
     */
    INLINE,

    /**
     * On a thread of its own, which may block. Virtual on JDK 21 and later, else a platform thread.
     */
    VIRTUAL,

    /**
     * On one of the others. The measured calls of each route decide, and the route moves when they
     * change.
     */
    AUTO;

    /** Returns the name used in properties and reports, for example {@code core}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
