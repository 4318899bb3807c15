package io.fasterapi.http;

import io.netty.buffer.ByteBuf;

/**
 * Writes values as JSON and reads them back. All threads share it. Implementations keep what they
 * look up per type.
 */
public interface JsonCodec {

    /**
     * Appends the value to the buffer.
     *
     * @throws RuntimeException if the value cannot be written; the content of the buffer is
     *     undefined then, and the caller releases it
     */
    void write(Object value, ByteBuf target);

    /**
     * Reads a value.
     *
     * @throws MalformedBodyException if the bytes are not JSON of that type
     */
    <T> T read(byte[] source, Class<T> type);
}
