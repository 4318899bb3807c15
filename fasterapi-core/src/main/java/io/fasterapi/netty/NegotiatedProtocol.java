package io.fasterapi.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.NettyPipeline;

/**
 * Waits until a new connection with TLS has negotiated its protocol: only then does it have its
 * codec. Owned by the connection's event loop.
 */
final class NegotiatedProtocol extends ChannelInboundHandlerAdapter {

    private static final String NAME = "fasterapi.negotiatedProtocol";

    private final Runnable http1;

    private NegotiatedProtocol(Runnable http1) {
        this.http1 = http1;
    }

    /**
     * Waits for the protocol if it is to be negotiated.
     *
     * @param http1 called if it is HTTP/1.1, before any request is read
     * @return false if there is nothing to wait for
     */
    static boolean await(Channel channel, Runnable http1) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.context(NettyPipeline.H2OrHttp11Codec) == null) {
            return false;
        }
        pipeline.addAfter(NettyPipeline.H2OrHttp11Codec, NAME, new NegotiatedProtocol(http1));
        return true;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ChannelPipeline pipeline = ctx.pipeline();
        if (event instanceof SslHandshakeCompletionEvent) {
            pipeline.remove(this);
            if (pipeline.context(NettyPipeline.HttpTrafficHandler) != null) {
                http1.run();
            }
        }
        ctx.fireUserEventTriggered(event);
    }
}
