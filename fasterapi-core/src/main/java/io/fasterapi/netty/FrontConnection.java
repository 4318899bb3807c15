package io.fasterapi.netty;

import io.fasterapi.log.SafeLog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;

/**
 * Serves a connection's requests between the codec and Reactor Netty, as far as they are answered
 * at once on the event loop. Owned by the connection's event loop.
 */
final class FrontConnection extends ChannelDuplexHandler implements EarlyCall.Onward {

    /*
     * An answer from here must not overtake one of Reactor Netty's: so it counts the requests that
     * it passed on and their answers, and serves only while none is outstanding. What is not plain
     * goes on to Reactor Netty as if this was not here: everything about the request that is not
     * ordinary (FrontDoor), a client that does not read its answers, whatever the handler brought
     * that is not a whole body. Once a request or an answer has announced the end of the connection,
     * nothing is served any more: Reactor Netty drops what comes until then.
     *
     * A request with a short body is held until that is complete, but not longer than the read that
     * brought its head: what is not complete then goes on to Reactor Netty, body and all.
     *
     * Answers are flushed once, when the read is over that brought their requests, or before
     * something is passed on. Reactor Netty knows nothing of these requests, so it asks for no
     * further read: that is done here, too.
     */
    static final String NAME = "fasterapi.frontConnection";

    private static final System.Logger LOGGER = System.getLogger(FrontConnection.class.getName());

    private static final AttributeKey<FrontConnection> OF_CHANNEL =
            AttributeKey.valueOf(FrontConnection.class, "connection");

    private static final int MOST_HELD_BYTES = 64 * 1024;

    private final FrontDoor server;
    private final List<HttpContent> held = new ArrayList<>(2);
    private int outstanding;
    private boolean judged;
    private boolean bare;
    private boolean ending;
    private boolean swallowing;
    private boolean unflushed;
    private boolean readDue;
    private @Nullable String host;
    private @Nullable String asked;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpRequest head;
    private @Nullable EarlyCall calling;

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

    static <T extends EarlyCall> @Nullable T take(
            Channel channel, HttpHeaders request, Class<T> type) {
        FrontConnection connection = channel.attr(OF_CHANNEL).get();
        EarlyCall begun = connection == null ? null : connection.calling;
        if (connection == null || !type.isInstance(begun) || !begun.isOf(request)) {
            return null;
        }
        connection.calling = null;
        return type.cast(begun);
    }

    /**
     * Tells whether the request that Reactor Netty is being given belongs to a call, of another
     * type.
     */
    static boolean hasBegunOther(Channel channel, Class<? extends EarlyCall> type) {
        FrontConnection connection = channel.attr(OF_CHANNEL).get();
        EarlyCall begun = connection == null ? null : connection.calling;
        return begun != null && !type.isInstance(begun);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof HttpRequest request) {
            passHeld(ctx);
            receive(ctx, request);
        } else if (head != null && msg instanceof HttpContent content) {
            hold(ctx, content);
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
        if (!mayServe(ctx, request)) {
            pass(ctx, request);
            return;
        }
        long length = HttpUtil.getContentLength(request, 0L);
        if (length == 0) {
            serve(ctx, request, List.of());
        } else if (length <= MOST_HELD_BYTES) {
            head = request;
        } else {
            pass(ctx, request);
        }
    }

    private void hold(ChannelHandlerContext ctx, HttpContent content) {
        held.add(content);
        HttpRequest request = head;
        if (!content.decoderResult().isSuccess()) {
            passHeld(ctx);
        } else if (content instanceof LastHttpContent && request != null) {
            head = null;
            List<ByteBuf> body = new ArrayList<>(held.size());
            for (HttpContent each : held) {
                if (each.content().isReadable()) {
                    body.add(each.content());
                }
            }
            serve(ctx, request, body);
            passContents(ctx);
        }
    }

    /** What is held is Reactor Netty's. */
    private void passHeld(ChannelHandlerContext ctx) {
        HttpRequest request = head;
        if (request != null) {
            head = null;
            pass(ctx, request);
            passContents(ctx);
        }
    }

    private void passContents(ChannelHandlerContext ctx) {
        if (!held.isEmpty()) {
            List<HttpContent> contents = List.copyOf(held);
            held.clear();
            contents.forEach(each -> ctx.fireChannelRead(isThere(each) ? each : gone(each)));
        }
    }

    private void release() {
        for (HttpContent each : held) {
            if (isThere(each)) {
                each.release();
            }
        }
        held.clear();
        head = null;
    }

    /** Whoever reads a body may have released it once too often, as some parsers do. */
    private static boolean isThere(HttpContent content) {
        return content.refCnt() > 0;
    }

    private static HttpContent gone(HttpContent content) {
        return content instanceof LastHttpContent
                ? LastHttpContent.EMPTY_LAST_CONTENT
                : new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
    }

    private void serve(ChannelHandlerContext ctx, HttpRequest request, List<ByteBuf> body) {
        EarlyCall call = open(ctx, request, body);
        if (call == null) {
            pass(ctx, request);
            return;
        }
        calling = call;
        head = request;
        FullHttpResponse answer;
        try {
            call.begin(this);
            answer = head != null && call.isAnswered() ? call.end() : null;
        } catch (Throwable ex) {
            cut(ctx, call, ex);
            return;
        }
        if (answer == null) {
            pass();
        } else {
            calling = null;
            write(ctx, answer);
        }
    }

    /** What fails to open is Reactor Netty's. */
    private @Nullable EarlyCall open(
            ChannelHandlerContext ctx, HttpRequest request, List<ByteBuf> body) {
        String named = host;
        try {
            return named == null ? null : server.open(request, body, named, ctx.channel());
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER,
                    () -> "a request could not be served early; Reactor Netty serves it",
                    ex);
            return null;
        }
    }

    /** A call must throw nothing: one that does cannot be answered by anybody any more. */
    private void cut(ChannelHandlerContext ctx, EarlyCall call, Throwable cause) {
        SafeLog.error(
                LOGGER,
                () -> "an early request failed and has no answer; its connection is closed",
                cause);
        boolean passed = head == null; // then Reactor Netty ends it with the connection
        calling = null;
        release();
        ctx.close();
        if (!passed) {
            abandon(call);
        }
    }

    private static void abandon(EarlyCall call) {
        try {
            call.abandon();
        } catch (Throwable ex) {
            SafeLog.error(LOGGER, () -> "an early request could not be released", ex);
        }
    }

    private void write(ChannelHandlerContext ctx, FullHttpResponse answer) {
        if (held.isEmpty()) {
            swallowing = true; // the end of the request
        } else {
            readDue = true;
        }
        release();
        unflushed = true;
        server.served();
        ctx.write(answer, ctx.voidPromise());
    }

    /**
     * Gives the request of the call that has begun to Reactor Netty, whose handler takes it over.
     */
    @Override
    public void pass() {
        HttpRequest request = head;
        ChannelHandlerContext ctx = context;
        if (request == null || ctx == null) {
            return;
        }
        head = null;
        pass(ctx, request);
        EarlyCall lost = calling;
        if (lost != null) {
            calling = null;
            abandon(lost);
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
        passHeld(ctx);
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
