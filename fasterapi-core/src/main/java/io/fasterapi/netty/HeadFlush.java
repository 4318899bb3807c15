package io.fasterapi.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Sends the head of an answer together with what follows it at once. Owned by the connection's
 * event loop.
 */
final class HeadFlush {

    /*
     * Reactor Netty flushes the head of a streamed answer, and subscribes to the body when the head
     * is written. If the body is there, as a gateway's is, it follows in the same task; then the
     * flush of the head costs a system call and a packet. So a head counts as written once it is
     * encoded, and its flush becomes a task of its event loop: it sends the head with whatever the
     * present task adds. A flush after a part of the body is not held back, nor is a head when the
     * connection closes.
     */
    private boolean head;
    private boolean waiting;

    void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        head = message instanceof HttpResponse && !(message instanceof LastHttpContent);
        if (!head || promise.isVoid()) {
            ctx.write(message, promise);
            return;
        }
        ChannelPromise encoded = ctx.newPromise();
        ctx.write(message, encoded);
        Throwable failure = encoded.cause();
        if (failure == null) {
            promise.trySuccess();
        } else {
            promise.tryFailure(failure);
        }
    }

    void flush(ChannelHandlerContext ctx) {
        if (!head) {
            waiting = false;
            ctx.flush();
        } else if (!waiting) {
            waiting = true;
            ctx.executor().execute(() -> flushWaiting(ctx));
        }
    }

    /** Flushes a head that still waits. */
    void flushWaiting(ChannelHandlerContext ctx) {
        if (waiting) {
            waiting = false;
            ctx.flush();
        }
    }
}
