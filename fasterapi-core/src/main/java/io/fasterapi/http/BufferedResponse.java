package io.fasterapi.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A response whose body is written straight into a buffer of the server. One thread at a time. */
public interface BufferedResponse extends FastResponse {

    /** Returns the allocator of the buffers that the server writes. */
    ByteBufAllocator alloc();

    /**
     * Ends with a body, {@code application/octet-stream} unless a type was set. The buffer belongs
     * to the response from now on.
     */
    void send(ByteBuf body);

    /**
     * Announces that the length of the body is not stated, as of one that is sent while it is made.
     * To be called before any header is set.
     */
    void chunked();

    /**
     * Sets what happens if the client hangs up, or the request's deadline passes, before the
     * response has ended. Runs on the event loop and must not block.
     */
    void onCancel(Runnable action);
}
