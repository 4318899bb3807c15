package io.fasterapi.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;

/** Writes text as UTF-8, with the content type {@code text/plain;charset=UTF-8}. */
public final class TextBodyWriter implements BodyWriter<CharSequence> {

    private static final AsciiString TYPE = AsciiString.cached("text/plain;charset=UTF-8");

    @Override
    public boolean supports(Class<?> type) {
        return CharSequence.class.isAssignableFrom(type);
    }

    @Override
    public CharSequence contentType() {
        return TYPE;
    }

    @Override
    public void write(CharSequence value, ByteBuf target) {
        ByteBufUtil.writeUtf8(target, value);
    }

    @Override
    public int sizeOf(CharSequence value) {
        return ByteBufUtil.utf8MaxBytes(value);
    }
}
