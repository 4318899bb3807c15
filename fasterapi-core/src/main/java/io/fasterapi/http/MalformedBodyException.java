package io.fasterapi.http;

/**
 * A request body cannot be read as the type that the handler asked for. The request is answered
 * with 400.
 */
public final class MalformedBodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with a sentence for the log and the parser's failure as its cause. */
    public MalformedBodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
