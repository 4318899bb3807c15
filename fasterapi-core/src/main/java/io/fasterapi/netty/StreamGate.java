package io.fasterapi.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Holds back a stream error of HTTP/2 while a core works for the stream. Owned by the connection's
 * event loop.
 */
final class StreamGate extends ChannelOutboundHandlerAdapter implements InboundGate {

    /*
     * Netty tells a stream of its error (a body of another length than announced, an illegal change
     * of its window) and closes it, with the error's code, as soon as the stream was told. A
     * handler on the event loop reads its body by then and answers the failure at once, so the
     * client gets the answer and the reset. For one on a core that is too early twice over: the
     * body's reader may not be there yet, whereupon Reactor Netty closes the stream for another
     * reason, and its answer comes when the stream is closed. So the error waits until the hop under
     * way is over; then the stream is told; and when the hops that begin with that are over, it is
     * closed. Whoever closes it before, once it has failed, does so with the error's code.
     */
    private static final AttributeKey<StreamGate> GATE =
            AttributeKey.valueOf(StreamGate.class, "gate");

    private final Http2StreamChannel channel;
    private final StreamErrors errors;
    private @Nullable Http2FrameStreamException error;
    private int hops;
    private boolean told;
    private boolean reset;

    private StreamGate(Http2StreamChannel channel, StreamErrors errors) {
        this.channel = channel;
        this.errors = errors;
    }

    /**
     * Returns the gate of a stream, putting it into the pipeline at the first call, or null if its
     * connection is not one of Reactor Netty's.
     */
    static @Nullable StreamGate of(Http2StreamChannel channel) {
        StreamGate gate = channel.attr(GATE).get();
        if (gate != null) {
            return gate;
        }
        StreamErrors errors = StreamErrors.of(channel.parent());
        if (errors == null) {
            return null;
        }
        gate = new StreamGate(channel, errors);
        channel.attr(GATE).set(gate);
        channel.pipeline().addFirst(gate);
        return gate;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        errors.add(channel.stream(), this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        errors.remove(channel.stream());
    }

    /** Reactor Netty cancels whatever a lost stream still serves. */
    @Override
    public void onConnectionLost(Runnable action) {}

    @Override
    public void forget(@Nullable Runnable action) {}

    @Override
    public void hopBegins() {
        hops++;
    }

    @Override
    public void hopsEnded(int count) {
        hops -= count;
        assert hops >= 0 : "hops: " + hops + " (expected: >= 0)";
        proceed();
    }

    /** Returns whether an error of the stream has been noted. */
    boolean hasFailed() {
        return error != null;
    }

    /** Notes an error of the stream; those that follow the first change nothing. */
    void fail(Http2FrameStreamException cause) {
        if (error == null) {
            error = cause;
            proceed();
        }
    }

    private void proceed() {
        Http2FrameStreamException cause = error;
        if (cause == null) {
            return;
        }
        if (hops == 0 && !told) {
            told = true;
            channel.pipeline().fireExceptionCaught(cause.getCause());
        }
        if (hops == 0 && channel.isActive()) {
            channel.close();
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        Http2FrameStreamException cause = error;
        if (cause != null && !reset) {
            reset = true;
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(cause.error()));
        }
        ctx.close(promise);
    }
}
