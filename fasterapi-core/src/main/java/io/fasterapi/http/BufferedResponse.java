package io.fasterapi.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A response whose body is written straight into a buffer of the server. One thread at a time may
 * use it.
 */
public interface BufferedResponse extends FastResponse {

    /** Returns the allocator of the server's buffers. */
    ByteBufAllocator alloc();

    /**
     * Ends with a body. The content type is {@code application/octet-stream} unless one was set.
     * The response owns the buffer from now on and releases it.
     */
    void send(ByteBuf body);

    /**
     * Announces a body of unknown length, which is made while it is sent. Must be called before any
     * header is set.
     */
    void chunked();

    /**
     * Sets what runs if the client hangs up, or the request's deadline passes, before the response
     * has ended. The action runs on the event loop and must not block.
     */
    void onCancel(Runnable action);
}
