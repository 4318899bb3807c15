package io.fasterapi.http;

/** A request body beyond the limit. Answered with 413; carries no stack. */
public final class BodyTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param limit the limit in bytes
     */
    public BodyTooLargeException(int limit) {
        super("body: more than " + limit + " bytes", null, false, false);
    }
}
