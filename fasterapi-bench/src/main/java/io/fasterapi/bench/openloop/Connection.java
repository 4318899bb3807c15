package io.fasterapi.bench.openloop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * A keep-alive connection with at most one request under way. Owned by the event loop of its share,
 * which it tells what became of the request.
 */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {

    private final Share share;
    private final ByteBuf request;
    private @Nullable ChannelHandlerContext context;
    private boolean active;
    private boolean retired;
    private boolean keepAlive;
    private int status;
    private long intended;
    private long deadline;

    /** Creates a connection that will send {@code request}, which stays the caller's. */
    Connection(Share share, ByteBuf request) {
        this.share = share;
        this.request = request;
    }

    /** Intended time of the request under way, or of the last one. */
    long intended() {
        return intended;
    }

    /** {@link System#nanoTime()} at which the request under way is given up. */
    long deadline() {
        return deadline;
    }

    /** Sends the request, now or as soon as the connection is open. */
    void send(long intended, long deadline) {
        this.intended = intended;
        this.deadline = deadline;
        if (active && context != null) {
            write(context);
        }
    }

    /** True once the share has given the connection up. */
    boolean isRetired() {
        return retired;
    }

    /** Gives the connection up; whatever happens to it afterwards is told to nobody. */
    void retire() {
        retired = true;
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        active = true;
        if (!retired) {
            write(ctx);
        }
    }

    private void write(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(request.retainedDuplicate(), ctx.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            ctx.close();
            return;
        }
        if (message instanceof HttpResponse response) {
            status = response.status().code();
            keepAlive = HttpUtil.isKeepAlive(response);
        }
        if (message instanceof LastHttpContent && status >= 200 && !retired) {
            share.answered(this, status, keepAlive);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lost();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    /** The connection is closed, or could not be opened. */
    void lost() {
        if (!retired) {
            share.lost(this);
        }
    }
}
