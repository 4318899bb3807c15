package io.fasterapi.codec;

import io.netty.buffer.ByteBuf;

/**
 * Writes values of some classes as bodies of answers. All threads share it. It runs on the
 * handler's thread, so it must not block.
 *
 * @param <T> a common supertype of all supported classes
 */
public interface BodyWriter<T> {

    /** Stands for a size that is not known before the body is written. */
    int UNKNOWN_SIZE = -1;

    /** Returns whether this writer supports a class. Called once for each class. */
    boolean supports(Class<?> type);

    /** Returns the content type of answers that do not set their own. */
    CharSequence contentType();

    /**
     * Appends a value to a buffer, which grows as needed.
     *
     * @param target a pooled direct buffer of the response, valid until this method returns
     * @throws RuntimeException if the value cannot be written; the response is still open then, and
     *     the caller releases the buffer
     */
    void write(T value, ByteBuf target);

    /**
     * Returns the most bytes that a value needs, or {@link #UNKNOWN_SIZE} if that cannot be told
     * cheaply. For an unknown size the buffer is as large as the route's recent answers.
     */
    default int sizeOf(T value) {
        return UNKNOWN_SIZE;
    }
}
