package io.fasterapi.codec;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;

/** Writes byte arrays as they are, with the content type {@code application/octet-stream}. */
public final class BytesBodyWriter implements BodyWriter<byte[]> {

    private static final AsciiString TYPE = AsciiString.cached("application/octet-stream");

    @Override
    public boolean supports(Class<?> type) {
        return type == byte[].class;
    }

    @Override
    public CharSequence contentType() {
        return TYPE;
    }

    @Override
    public void write(byte[] value, ByteBuf target) {
        target.writeBytes(value);
    }

    @Override
    public int sizeOf(byte[] value) {
        return value.length;
    }
}
