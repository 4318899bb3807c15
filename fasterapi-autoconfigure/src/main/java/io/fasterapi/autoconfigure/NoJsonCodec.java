package io.fasterapi.autoconfigure;

import io.fasterapi.http.JsonCodec;
import io.netty.buffer.ByteBuf;

/** The codec of an application without a JSON mapper. It throws, and says what is missing. */
final class NoJsonCodec implements JsonCodec {

    private static final String SENTENCE =
            "JSON in a fast route needs a JsonMapper bean of Jackson 3: add"
                    + " spring-boot-starter-jackson, or define a bean of type JsonCodec.";

    @Override
    public void write(Object value, ByteBuf target) {
        throw new IllegalStateException(SENTENCE);
    }

    @Override
    public <T> T read(byte[] source, Class<T> type) {
        throw new IllegalStateException(SENTENCE);
    }
}
