package io.fasterapi.netty;

import io.fasterapi.http.JsonCodec;
import io.fasterapi.http.MalformedBodyException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Knows JSON strings without escapes, and nothing else. */
final class TinyJson implements JsonCodec {

    @Override
    public void write(Object value, ByteBuf target) {
        target.writeCharSequence("\"" + value, StandardCharsets.UTF_8);
        if (!(value instanceof String)) {
            throw new IllegalArgumentException("value: " + value + " (expected: a string)");
        }
        target.writeByte('"');
    }

    @Override
    public <T> T read(byte[] source, Class<T> type) {
        String text = new String(source, StandardCharsets.UTF_8);
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            throw new MalformedBodyException("no JSON string: " + text, new RuntimeException());
        }
        return type.cast(text.substring(1, text.length() - 1));
    }
}
