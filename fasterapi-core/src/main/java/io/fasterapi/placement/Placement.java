package io.fasterapi.placement;

/** The kind of thread that runs a handler. */
public enum Placement {

    /** A handler core: the request crosses a ring, the answer returns in a batch. */
    CORE,

    /** The connection's event loop: no hop, and a slow handler stalls its neighbours. */
    INLINE
}
