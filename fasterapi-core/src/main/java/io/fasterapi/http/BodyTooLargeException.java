package io.fasterapi.http;

/**
 * A request body is longer than the limit. The request is answered with 413. The exception carries
 * no stack trace.
 */
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
