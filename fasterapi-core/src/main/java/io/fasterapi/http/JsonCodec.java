package io.fasterapi.http;

import io.netty.buffer.ByteBuf;

/**
 * Turns values into JSON and back. Implementations are shared by all threads and hold whatever they
 * look up per type.
 */
public interface JsonCodec {

    /**
     * Appends the value to the buffer.
     *
     * @throws RuntimeException if the value cannot be written; the buffer's content is then
     *     undefined and the caller releases it
     */
    void write(Object value, ByteBuf target);

    /**
     * Reads a value.
     *
     * @throws MalformedBodyException if the bytes are no JSON of that type
     */
    <T> T read(byte[] source, Class<T> type);
}
