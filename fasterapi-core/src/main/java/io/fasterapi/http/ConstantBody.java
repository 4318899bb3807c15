package io.fasterapi.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;

/**
 * A body that never changes. It is encoded once, kept in direct memory and sent without a copy.
 * Immutable; all threads share it. Its memory is freed when nothing refers to it any more.
 */
public final class ConstantBody {

    private final AsciiString contentType;
    private final int length;
    private final ByteBuf bytes;

    private ConstantBody(CharSequence contentType, ByteBuffer bytes) {
        this.contentType = AsciiString.of(contentType);
        this.length = bytes.remaining();
        this.bytes = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes.asReadOnlyBuffer()));
    }

    /**
     * Copies bytes.
     *
     * @param contentType the content type of answers that do not set their own
     * @param body the bytes; the caller keeps the array
     */
    public static ConstantBody of(CharSequence contentType, byte[] body) {
        return new ConstantBody(
                contentType, ByteBuffer.allocateDirect(body.length).put(body).flip());
    }

    /**
     * Copies the readable bytes of a buffer.
     *
     * @param contentType the content type of answers that do not set their own
     * @param body the bytes; the caller keeps the buffer, and its indices do not move
     */
    public static ConstantBody of(CharSequence contentType, ByteBuf body) {
        ByteBuffer copy = ByteBuffer.allocateDirect(body.readableBytes());
        body.getBytes(body.readerIndex(), copy);
        return new ConstantBody(contentType, copy.flip());
    }

    /** Returns the content type. */
    public AsciiString contentType() {
        return contentType;
    }

    /** Returns the length in bytes. */
    public int length() {
        return length;
    }

    /**
     * Returns the bytes for one answer: a read-only view of the shared memory with its own indices.
     * Releasing it does nothing.
     */
    public ByteBuf buffer() {
        return bytes.retainedDuplicate();
    }
}
