package io.fasterapi.codec;

import io.fasterapi.http.JsonCodec;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;

/** Writes any value as JSON, with the content type {@code application/json}. */
public final class JsonBodyWriter implements BodyWriter<Object> {

    private static final AsciiString TYPE = AsciiString.cached("application/json");

    private final JsonCodec codec;

    public JsonBodyWriter(JsonCodec codec) {
        this.codec = codec;
    }

    @Override
    public boolean supports(Class<?> type) {
        return true;
    }

    @Override
    public CharSequence contentType() {
        return TYPE;
    }

    @Override
    public void write(Object value, ByteBuf target) {
        codec.write(value, target);
    }
}
