package io.fasterapi.write;

import io.netty.buffer.ByteBuf;

/**
 * Turns the values of some classes into the bodies of answers. Shared by all threads; called where
 * the handler runs, so it must not block.
 *
 * @param <T> what all supported classes have in common
 */
public interface BodyWriter<T> {

    /** The size of a body that is not known before it is written. */
    int UNKNOWN_SIZE = -1;

    /** Returns whether this writer takes values of a class. Asked once for each class. */
    boolean supports(Class<?> type);

    /** Returns the content type of answers that do not set their own. */
    CharSequence contentType();

    /**
     * Appends a value to a buffer, which grows as needed.
     *
     * @param target a pooled direct buffer of the response, valid until this method returns
     * @throws RuntimeException if the value cannot be written; the response is then still open, and
     *     the caller releases the buffer
     */
    void write(T value, ByteBuf target);

    /**
     * Returns how many bytes a value needs at most, or {@link #UNKNOWN_SIZE} if that is not known
     * cheaply; then the buffer is as large as the route's last answers were.
     */
    default int sizeOf(T value) {
        return UNKNOWN_SIZE;
    }
}
