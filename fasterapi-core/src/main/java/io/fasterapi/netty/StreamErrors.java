package io.fasterapi.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Gives the stream errors of an HTTP/2 connection to the gates of those streams that have one.
 * Owned by the connection's event loop.
 */
final class StreamErrors extends ChannelInboundHandlerAdapter {

    /*
     * Between the codec and the handler that spreads frames over the streams, since that one closes
     * a stream as soon as it was told of its error. What else comes for a failed stream, its
     * client's reset aside, would come after the end: it is dropped, and the codec gives what it
     * took of the connection's window back when the stream is closed.
     */
    private static final String NAME = "fasterapi.streamErrors";

    private static final AttributeKey<StreamErrors> OF_CONNECTION =
            AttributeKey.valueOf(StreamErrors.class, "errors");

    private final Map<Http2FrameStream, StreamGate> gates = new HashMap<>();

    private StreamErrors() {}

    /** Returns that of a connection, putting it into the pipeline at the first call, or null. */
    static @Nullable StreamErrors of(Channel connection) {
        StreamErrors errors = connection.attr(OF_CONNECTION).get();
        if (errors != null) {
            return errors;
        }
        ChannelPipeline pipeline = connection.pipeline();
        if (pipeline.context(NettyPipeline.H2MultiplexHandler) == null) {
            return null;
        }
        errors = new StreamErrors();
        connection.attr(OF_CONNECTION).set(errors);
        pipeline.addBefore(NettyPipeline.H2MultiplexHandler, NAME, errors);
        return errors;
    }

    void add(Http2FrameStream stream, StreamGate gate) {
        gates.put(stream, gate);
    }

    void remove(Http2FrameStream stream) {
        gates.remove(stream);
    }

    /** Returns how many open streams of the connection have a gate. */
    int count() {
        return gates.size();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof Http2StreamFrame frame
                && !(frame instanceof Http2ResetFrame)
                && hasFailed(frame.stream())) {
            ReferenceCountUtil.release(msg);
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    private boolean hasFailed(@Nullable Http2FrameStream stream) {
        StreamGate gate = gates.get(stream);
        return gate != null && gate.hasFailed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        StreamGate gate =
                cause instanceof Http2FrameStreamException failure ? gateOf(failure) : null;
        if (gate == null) {
            ctx.fireExceptionCaught(cause);
        } else {
            gate.fail((Http2FrameStreamException) cause);
        }
    }

    /** Once the request is complete its handler has no part in an error, which waits for nobody. */
    private @Nullable StreamGate gateOf(Http2FrameStreamException failure) {
        Http2FrameStream stream = failure.stream();
        return stream.state().remoteSideOpen() ? gates.get(stream) : null;
    }
}
