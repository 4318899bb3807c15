package io.fasterapi.http;

import java.nio.file.Path;

/**
 * The response of one exchange. One thread at a time may use it. The methods that send ({@link
 * #text}, {@link #bytes}, {@link #json}, {@link #write}, {@link #constant}, {@link #file}, {@link
 * #end}, {@link #fail}) end it: exactly one of them must be called exactly once, any later call to
 * any method throws {@link IllegalStateException}. One that throws has not ended it.
 */
public interface FastResponse {

    /** Sets the status code, 200 to 599; 200 if never called. */
    FastResponse status(int code);

    /** Sets a header, replacing earlier values. */
    FastResponse header(CharSequence name, CharSequence value);

    /** Adds a header value, keeping earlier ones. */
    FastResponse addHeader(CharSequence name, CharSequence value);

    /**
     * Ends with text by the application's writer of strings: as UTF-8, {@code
     * text/plain;charset=UTF-8} unless a type was set.
     */
    void text(String body);

    /**
     * Ends with bytes by the application's writer of byte arrays: as they are, {@code
     * application/octet-stream} unless a type was set.
     */
    void bytes(byte[] body);

    /**
     * Ends with a value as JSON, written by the application's mapper straight into a pooled buffer;
     * {@code application/json} unless a type was set.
     */
    void json(Object value);

    /**
     * Ends with a value by the writer of its class, and with that writer's content type unless a
     * type was set. A {@link ConstantBody} is answered as by {@link #constant}, a {@link Path} as
     * by {@link #file}.
     *
     * @throws IllegalArgumentException if no writer supports the class
     */
    void write(Object value);

    /** Ends with a body that was encoded before, with its content type unless a type was set. */
    void constant(ConstantBody body);

    /**
     * Ends with the whole of a regular file, with the content type of its name unless a type was
     * set. The file is opened off the event loop, on the calling thread if that is a handler core
     * or may block. Over plain HTTP/1.1 the kernel copies it to the socket. A file that does not
     * exist or cannot be read is a failure as by {@link #fail}, a {@link
     * java.nio.file.NoSuchFileException} for example, before anything is sent; one that becomes
     * shorter on its way ends the connection. Ranges and conditional headers are not looked at.
     *
     * @param path the file; a path made from a request must be checked by the caller
     */
    void file(Path path);

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
