package io.fasterapi.core;

/**
 * The core stopped before it could run the work. The exception carries no stack trace, because no
 * user code failed.
 */
public final class CoreStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CoreStoppedException(String core) {
        super("handler core " + core + " stopped before it ran the work", null, false, false);
    }
}
