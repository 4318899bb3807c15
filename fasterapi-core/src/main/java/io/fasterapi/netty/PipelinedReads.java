package io.fasterapi.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;

/**
 * Lets a connection of HTTP/1.1 read again after a pipeline whose last answers were late, and ends
 * one whose answer could not be encoded, of which Reactor Netty only writes a line for debugging.
 * Owned by the connection's event loop.
 */
final class PipelinedReads extends ChannelDuplexHandler {

    /*
     * Reactor Netty queues a request that comes while another one is unanswered, its end apart from
     * its head. When it takes the head from the queue and that is answered at once, it sees the end
     * in the queue, takes it for a request that is still to be served, and asks for no read; nor
     * does it when it finds the queue empty (reactor-netty issue 4361). So after the last answer to
     * requests that were queued, a read is asked for here. The answer is written in the task that
     * empties the queue, which leaves behind one more such task; the next request must not come
     * before that one, which would serve what is queued behind it. So this waits for it: a task is
     * followed by another one, which is behind it.
     *
     * A read that was asked for already is not disturbed: with nothing to answer, Reactor Netty
     * always wants the next request.
     */
    static final String NAME = "fasterapi.pipelinedReads";

    private int outstanding;
    private boolean queued;

    private PipelinedReads() {}

    /** Puts one into the pipeline of a new connection of HTTP/1.1. */
    static void addTo(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.context(NettyPipeline.HttpTrafficHandler) != null) {
            pipeline.addBefore(NettyPipeline.HttpTrafficHandler, NAME, new PipelinedReads());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof HttpRequest) {
            queued |= outstanding > 0 || ChannelOperations.get(ctx.channel()) != null;
            outstanding++;
        }
        ctx.fireChannelRead(msg);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof LastHttpContent && !EarlyRefusal.isInformational(msg)) {
            outstanding--;
            if (outstanding == 0 && queued) {
                queued = false;
                ctx.executor().execute(() -> ctx.executor().execute(() -> resume(ctx)));
            }
            ctx.write(msg, promise);
            if (promise.cause() != null) {
                ctx.close(); // else the client would wait for the rest of it
            }
        } else {
            ctx.write(msg, promise);
        }
    }

    private void resume(ChannelHandlerContext ctx) {
        if (outstanding == 0 && ctx.channel().isActive() && !ctx.isRemoved()) {
            ctx.read();
        }
    }
}
