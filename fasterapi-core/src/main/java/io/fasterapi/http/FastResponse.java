package io.fasterapi.http;

import java.nio.file.Path;

/**
 * The response of one exchange. One thread at a time may use it. The sending methods ({@link
 * #text}, {@link #bytes}, {@link #json}, {@link #write}, {@link #constant}, {@link #file}, {@link
 * #end}, {@link #fail}) end the response. Call exactly one of them exactly once. Any call after
 * that throws {@link IllegalStateException}. A sending method that throws has not ended the
 * response.
 */
public interface FastResponse {

    /** Sets the status code, 200 to 599. The default is 200. */
    FastResponse status(int code);

    /** Sets a header and replaces earlier values. */
    FastResponse header(CharSequence name, CharSequence value);

    /** Adds a header value and keeps earlier ones. */
    FastResponse addHeader(CharSequence name, CharSequence value);

    /**
     * Ends with text, written as UTF-8 by the application's writer of strings. The content type is
     * {@code text/plain;charset=UTF-8} unless one was set.
     */
    void text(String body);

    /**
     * Ends with bytes, written as they are by the application's writer of byte arrays. The content
     * type is {@code application/octet-stream} unless one was set.
     */
    void bytes(byte[] body);

    /**
     * Ends with a value as JSON. The application's mapper writes it straight into a pooled buffer.
     * The content type is {@code application/json} unless one was set.
     */
    void json(Object value);

    /**
     * Ends with a value. The writer of its class writes it and gives the content type unless one
     * was set. A {@link ConstantBody} is sent as by {@link #constant}, a {@link Path} as by {@link
     * #file}.
     *
     * @throws IllegalArgumentException if no writer supports the class
     */
    void write(Object value);

    /** Ends with a body that was encoded before. Its content type is used unless one was set. */
    void constant(ConstantBody body);

    /**
     * Ends with the whole of a regular file. The content type follows from the file name unless one
     * was set. The file is opened on the calling thread if that is a handler core or may block,
     * else on another thread, never on the event loop. Over plain HTTP/1.1 the kernel copies the
     * file to the socket. A file that does not exist or cannot be read is a failure as by {@link
     * #fail}, for example a {@link java.nio.file.NoSuchFileException}; nothing has been sent then.
     * A file that becomes shorter while it is sent ends the connection. Ranges and conditional
     * headers are ignored.
     *
     * @param path the file; the caller must check a path that comes from a request
     */
    void file(Path path);

    /** Ends without a body. */
    void end();

    /** Ends with a failure. The application's error handling answers it. */
    void fail(Throwable failure);

    /**
     * Announces that the response will end after the handler has returned. Any thread may end it
     * then.
     *
     * @return this response
     */
    FastResponse async();
}
