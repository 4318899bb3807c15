package io.fasterapi.http;

/**
 * The response of one exchange. One thread at a time may use it. The methods that send ({@link
 * #text}, {@link #bytes}, {@link #json}, {@link #end}, {@link #fail}) end it: exactly one of them
 * must be called exactly once, any later call to any method throws {@link IllegalStateException}.
 */
public interface FastResponse {

    /** Sets the status code, 200 to 599; 200 if never called. */
    FastResponse status(int code);

    /** Sets a header, replacing earlier values. */
    FastResponse header(CharSequence name, CharSequence value);

    /** Adds a header value, keeping earlier ones. */
    FastResponse addHeader(CharSequence name, CharSequence value);

    /** Ends with text as UTF-8, {@code text/plain;charset=UTF-8} unless a type was set. */
    void text(String body);

    /**
     * Ends with bytes, {@code application/octet-stream} unless a type was set. The array belongs to
     * the response from now on: the caller must not change it.
     */
    void bytes(byte[] body);

    /**
     * Ends with a value as JSON, written by the application's mapper straight into a pooled buffer;
     * {@code application/json} unless a type was set.
     */
    void json(Object value);

    /** Ends without a body. */
    void end();

    /** Ends with a failure, which the application's error handling answers. */
    void fail(Throwable failure);

    /**
     * Announces that the response ends after the handler has returned, from any thread.
     *
     * @return this response
     */
    FastResponse async();
}
