package io.fasterapi.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;

/**
 * Serves a connection's requests between the codec and Reactor Netty, as far as direct routes
 * answer them on the event loop. Owned by the connection's event loop.
 */
final class FrontConnection extends ChannelDuplexHandler {

    /*
     * An answer from here must not overtake one of Reactor Netty's: so it counts the requests that
     * it passed on and their answers, and serves only while none is outstanding. What is not plain
     * goes on to Reactor Netty as if this was not here: everything about the request that is not
     * ordinary (FrontDoor), a client that does not read its answers, whatever the handler brought
     * that is not a whole body. Once a request or an answer has announced the end of the connection,
     * nothing is served any more: Reactor Netty drops what comes until then.
     *
     * Answers are flushed once, when the read is over that brought their requests, or before
     * something is passed on. Reactor Netty knows nothing of these requests, so it asks for no
     * further read: that is done here, too.
     */
    static final String NAME = "fasterapi.frontConnection";

    private static final AttributeKey<FrontConnection> OF_CHANNEL =
            AttributeKey.valueOf(FrontConnection.class, "connection");

    private final FrontDoor server;
    private int outstanding;
    private boolean judged;
    private boolean bare;
    private boolean ending;
    private boolean swallowing;
    private boolean unflushed;
    private boolean readDue;
    private @Nullable String host;
    private @Nullable String asked;
    private @Nullable FrontExchange passed;

    private FrontConnection(FrontDoor server) {
        this.server = server;
    }

    /** Puts one into the pipeline of a new connection of HTTP/1.1. */
    static void addTo(Channel channel, FrontDoor server) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.context(NettyPipeline.HttpTrafficHandler) != null) {
            FrontConnection connection = new FrontConnection(server);
            channel.attr(OF_CHANNEL).set(connection);
            pipeline.addBefore(EarlyRefusal.first(pipeline), NAME, connection);
        }
    }

    /**
     * Returns the exchange that has begun for a request that Reactor Netty has just been given, or
     * null. On the event loop.
     */
    static @Nullable FrontExchange take(Channel channel, HttpHeaders request) {
        FrontConnection connection = channel.attr(OF_CHANNEL).get();
        FrontExchange begun = connection == null ? null : connection.passed;
        if (connection == null || begun == null || !begun.isOf(request)) {
            return null;
        }
        connection.passed = null;
        return begun;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof HttpRequest request) {
            receive(ctx, request);
        } else if (swallowing && msg instanceof HttpContent) {
            if (msg instanceof LastHttpContent) {
                swallowing = false;
                readDue = true;
            }
            ReferenceCountUtil.release(msg);
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    private void receive(ChannelHandlerContext ctx, HttpRequest request) {
        FrontExchange exchange =
                mayServe(ctx, request) ? server.begin(request, ctx.channel()) : null;
        if (exchange == null) {
            pass(ctx, request);
        } else if (exchange.isAnswered()) {
            swallowing = true;
            unflushed = true;
            server.served();
            ctx.write(exchange.end(), ctx.voidPromise());
        } else {
            passed = exchange;
            pass(ctx, request);
            if (passed != null) {
                passed.abandon();
                passed = null;
            }
        }
    }

    private void pass(ChannelHandlerContext ctx, HttpRequest request) {
        flush(ctx, false);
        outstanding++;
        ending |= !HttpUtil.isKeepAlive(request);
        asked = outstanding == 1 ? FrontDoor.hostOf(request) : null;
        ctx.fireChannelRead(request);
    }

    private boolean mayServe(ChannelHandlerContext ctx, HttpRequest request) {
        Channel channel = ctx.channel();
        if (!judged) {
            judged = true;
            bare = EarlyRefusal.isKnown(channel.pipeline());
        }
        return bare
                && !ending
                && outstanding == 0
                && channel.isWritable()
                && channel.isActive()
                && FrontDoor.isOrdinary(request)
                && isHostKnown(request)
                && ChannelOperations.get(channel) == null;
    }

    /** Spring looks at the host, so it has to have seen it before. */
    private boolean isHostKnown(HttpRequest request) {
        String named = FrontDoor.hostOf(request);
        if (named == null) {
            return false;
        }
        if (!named.equals(host)) {
            if (!server.isKnown(named)) {
                return false;
            }
            host = named;
        }
        return true;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        flush(ctx, true);
        ctx.fireChannelReadComplete();
    }

    private void flush(ChannelHandlerContext ctx, boolean readOver) {
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
        if (readOver && readDue) {
            readDue = false;
            ctx.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (outstanding > 0 && msg instanceof HttpResponse response) {
            ending |= !HttpUtil.isKeepAlive(response);
            if (asked != null && response.status().codeClass() == HttpStatusClass.SUCCESS) {
                server.learn(asked);
            }
        }
        if (msg instanceof LastHttpContent && !EarlyRefusal.isInformational(msg)) {
            outstanding--;
        }
        ctx.write(msg, promise);
    }
}
