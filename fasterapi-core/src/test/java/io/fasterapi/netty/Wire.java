package io.fasterapi.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.netty.http.server.HttpServer;

/**
 * The first handler of each connection of a server: decides for a test when answers leave, and sees
 * what comes. A connection is not writable as long as one byte of an answer has not left.
 */
@ChannelHandler.Sharable
final class Wire extends ChannelDuplexHandler {

    final List<Channel> channels = new CopyOnWriteArrayList<>();
    final AtomicInteger ended = new AtomicInteger();
    final AtomicInteger flushed = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private volatile boolean holds;
    private volatile boolean closesAtAnswer;

    HttpServer addTo(HttpServer server) {
        return server.childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1, 1))
                .doOnChannelInit((observer, channel, address) -> channel.pipeline().addFirst(this));
    }

    /** Adds this to connections that are writable as any other. */
    HttpServer watch(HttpServer server) {
        return server.doOnChannelInit(
                (observer, channel, address) -> channel.pipeline().addFirst(this));
    }

    /** Lets no answer leave. */
    void hold() {
        holds = true;
    }

    /** Lets the answers leave. */
    void release() {
        holds = false;
        channels.forEach(channel -> channel.eventLoop().execute(channel::flush));
    }

    /**
     * Closes a connection at its next answer, in the middle of the read that brought its request.
     */
    void closeAtAnswer() {
        closesAtAnswer = true;
    }

    /** Returns how many bytes have come in, on all connections. */
    long received() {
        return received.get();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channels.add(ctx.channel());
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ctx.fireChannelInactive();
        ended.incrementAndGet();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        received.addAndGet(((ByteBuf) msg).readableBytes());
        ctx.fireChannelRead(msg);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        ctx.write(msg, promise);
        if (closesAtAnswer) {
            ctx.close();
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        flushed.incrementAndGet();
        if (!holds) {
            ctx.flush();
        }
    }
}
