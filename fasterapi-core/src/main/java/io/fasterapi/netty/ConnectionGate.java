package io.fasterapi.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Holds back what follows on an HTTP/1.1 connection while a core works for it. Owned by the
 * connection's event loop.
 */
final class ConnectionGate extends ChannelDuplexHandler implements InboundGate {

    /*
     * A handler on the event loop has answered, or at least run as far as it can, before the next
     * message of its connection is looked at. Reactor Netty's traffic handler relies on that order:
     * a "Connection: close", an HTTP/1.0 request, a malformed one or the end of the input takes
     * effect on the response that is being written when it is read. So while work of a connection
     * is on a core ("a hop is under way") the next request, what follows it, and anything malformed
     * wait here, between the codec and the traffic handler, and are passed on one by one when the
     * work has come back. The rest of the current request passes at once: its handler is the one
     * that reads it, and time-outs for reading a request must not run while it is handled. What a
     * handler does later, on other threads, holds nothing back: it would not have either.
     *
     * While something waits, reads are not passed on and automatic reading (which Reactor Netty
     * switches on for a body in demand) is off, so no more than one read's messages pile up. The
     * end of the input would close the connection under the core's feet; therefore half-closure
     * is allowed while a hop is under way, and the close is made up for afterwards.
     *
     * Nothing may ask for a read after the end of the input: Netty's epoll transport has then taken
     * the connection out of its set, fails to change what is no longer there, and closes.
     */
    static final String NAME = "fasterapi.inboundGate";

    private static final AttributeKey<ConnectionGate> GATE =
            AttributeKey.valueOf(ConnectionGate.class, "gate");

    private final Queue<Object> held = new ArrayDeque<>(4);
    private @Nullable ChannelHandlerContext context;
    private @Nullable Runnable connectionLost;
    private int hops;
    private boolean draining;
    private boolean readHeld;
    private boolean readCompleteHeld;
    private boolean inputEnded;
    private boolean autoReadHeld;

    /** Whether the last request was passed on to its end; a gate is made in the middle of one. */
    private boolean requestComplete;

    private ConnectionGate() {}

    /**
     * Returns the gate of a connection, putting it into the pipeline at the first call, or null if
     * it is none of HTTP/1.1.
     */
    static @Nullable ConnectionGate of(Channel channel) {
        ConnectionGate gate = channel.attr(GATE).get();
        if (gate != null) {
            return gate;
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.context(NettyPipeline.HttpTrafficHandler) == null) {
            return null;
        }
        gate = new ConnectionGate();
        channel.attr(GATE).set(gate);
        pipeline.addBefore(EarlyRefusal.first(pipeline), NAME, gate);
        return gate;
    }

    @Override
    public void onConnectionLost(Runnable action) {
        connectionLost = action;
    }

    @Override
    public void forget(@Nullable Runnable action) {
        if (connectionLost == action) {
            connectionLost = null;
        }
    }

    @Override
    public void hopBegins() {
        if (hops++ == 0) {
            allowHalfClosure(true);
        }
    }

    @Override
    public void hopsEnded(int count) {
        hops -= count;
        assert hops >= 0 : "hops: " + hops + " (expected: >= 0)";
        if (hops == 0) {
            drain();
        }
    }

    private void drain() {
        ChannelHandlerContext ctx = context;
        if (draining || ctx == null) {
            return;
        }
        draining = true;
        try {
            Object next;
            while ((next = held.peek()) != null && mayPass(next) && ctx.channel().isActive()) {
                held.poll();
                pass(ctx, next);
            }
        } finally {
            draining = false;
        }
        if (!ctx.channel().isActive()) {
            discard(); // closed by the answer: nothing may read from it any more
        } else if (hops == 0 && held.isEmpty()) {
            opened(ctx);
        }
    }

    private boolean mayPass(Object message) {
        return hops == 0
                || (!requestComplete
                        && message instanceof HttpContent content
                        && content.decoderResult().isSuccess());
    }

    private void pass(ChannelHandlerContext ctx, Object message) {
        if (message instanceof LastHttpContent) {
            requestComplete = true;
        } else if (message instanceof HttpRequest) {
            requestComplete = false;
        }
        ctx.fireChannelRead(message);
    }

    private void opened(ChannelHandlerContext ctx) {
        allowHalfClosure(false);
        if (readCompleteHeld) {
            readCompleteHeld = false;
            ctx.fireChannelReadComplete();
        }
        if (autoReadHeld) {
            autoReadHeld = false;
            ctx.channel().config().setAutoRead(true);
        }
        if (inputEnded) {
            ctx.close();
        } else if (readHeld) {
            readHeld = false;
            ctx.read();
        }
    }

    private void allowHalfClosure(boolean allowed) {
        ChannelHandlerContext ctx = context;
        if (ctx != null && ctx.channel().config() instanceof DuplexChannelConfig config) {
            config.setAllowHalfClosure(allowed);
        }
    }

    private boolean isClosed() {
        return hops > 0 || draining || !held.isEmpty();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        discard();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (held.isEmpty() && !draining && mayPass(msg)) {
            pass(ctx, msg);
            return;
        }
        held.add(msg);
        ChannelConfig config = ctx.channel().config();
        if (config.isAutoRead()) {
            config.setAutoRead(false);
            autoReadHeld = true;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (draining || !held.isEmpty()) {
            readCompleteHeld = true;
        } else {
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (inputEnded || !ctx.channel().isOpen()) {
            return;
        }
        if (held.isEmpty()) {
            ctx.read();
        } else {
            readHeld = true;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            if (!isClosed()) {
                ctx.close();
            }
        } else if (!(event instanceof ChannelInputShutdownReadComplete)) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        discard();
        ctx.fireChannelInactive();
        Runnable action = connectionLost;
        if (action != null) {
            connectionLost = null;
            action.run();
        }
    }

    private void discard() {
        Object message;
        while ((message = held.poll()) != null) {
            ReferenceCountUtil.release(message);
        }
    }
}
