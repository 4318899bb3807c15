package io.fasterapi.http;

/** A request body that cannot be read as what the handler asked for. Answered with 400. */
public final class MalformedBodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with a sentence for the log and the parser's own failure. */
    public MalformedBodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
