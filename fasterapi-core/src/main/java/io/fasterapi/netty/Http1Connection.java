package io.fasterapi.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;

/**
 * The one handler of an HTTP/1.1 connection, between the codec and Reactor Netty. It keeps the
 * order of the answers, holds back what follows while a core works for the connection, gives {@link
 * EarlyRequests} what may be answered early, and passes everything else on. Owned by the
 * connection's event loop.
 */
final class Http1Connection extends ChannelDuplexHandler implements InboundGate {

    /*
     * Work on a core. A handler on the event loop has answered, or at least run as far as it can,
     * before the next message of its connection is looked at. Reactor Netty's traffic handler relies
     * on that order: a "Connection: close", an HTTP/1.0 request, a malformed one or the end of the
     * input takes effect on the response that is being written when it is read. So while work of a
     * connection is on a core ("a hop is under way") the next request, what follows it, and anything
     * malformed wait here, and are passed on one by one when the work has come back. The rest of the
     * current request passes at once: its handler is the one that reads it, and time-outs for
     * reading a request must not run while it is handled. What a handler does later, on other
     * threads, holds nothing back: it would not have either.
     *
     * While something waits, reads are not passed on and automatic reading (which Reactor Netty
     * switches on for a body in demand) is off, so no more than one read's messages pile up. The
     * end of the input would close the connection under the core's feet; therefore half-closure
     * is allowed while a hop is under way, and the close is made up for afterwards.
     *
     * Nothing may ask for a read after the end of the input: Netty's epoll transport has then taken
     * the connection out of its set, fails to change what is no longer there, and closes.
     *
     * Reactor Netty's queue. It queues a request that comes while another one is unanswered, its end
     * apart from its head. When it takes the head from the queue and that is answered at once, it
     * sees the end in the queue, takes it for a request that is still to be served, and asks for no
     * read; nor does it when it finds the queue empty (reactor-netty issue 4361). So after the last
     * answer to requests that were queued, a read is asked for here. The answer is written in the
     * task that empties the queue, which leaves behind one more such task; the next request must not
     * come before that one, which would serve what is queued behind it: its answer would overtake.
     * Whatever comes meanwhile, since somebody has asked for a read, waits as if a core worked for the
     * connection, until a task of a task has run. A read that was asked for already is not disturbed:
     * with nothing to answer, Reactor Netty always wants the next request.
     */
    static final String NAME = "fasterapi.connection";

    private static final AttributeKey<Http1Connection> OF_CHANNEL =
            AttributeKey.valueOf(Http1Connection.class, "connection");

    private final @Nullable EarlyRequests early;
    private final HeadFlush heads = new HeadFlush();

    // requests that Reactor Netty has and has not answered
    private int outstanding;
    private boolean queued;
    private boolean ending;
    private @Nullable HttpRequest passing;
    private @Nullable String asked;

    // work on a core
    private final Queue<Object> held = new ArrayDeque<>(4);
    private @Nullable ChannelHandlerContext context;
    private @Nullable Runnable connectionLost;
    private int hops;
    private boolean draining;
    private boolean readHeld;
    private boolean readCompleteHeld;
    private boolean inputEnded;
    private boolean autoReadHeld;
    private boolean halfClosing;
    private boolean halfClosureBefore;
    private boolean requestComplete; // the last one was passed on to its end

    private Http1Connection(@Nullable FrontDoor server) {
        this.early = server == null ? null : new EarlyRequests(server, this);
    }

    /**
     * Puts one into the pipeline of a new connection, if it is one of HTTP/1.1.
     *
     * @param server what may answer requests early, or null
     */
    static void addTo(Channel channel, @Nullable FrontDoor server) {
        if (isHttp1(channel)) {
            add(channel, new Http1Connection(server));
        }
    }

    private static boolean isHttp1(Channel channel) {
        return channel.pipeline().context(NettyPipeline.HttpTrafficHandler) != null;
    }

    private static void add(Channel channel, Http1Connection connection) {
        channel.attr(OF_CHANNEL).set(connection);
        channel.pipeline().addBefore(NettyPipeline.HttpTrafficHandler, NAME, connection);
    }

    /**
     * Returns that of a channel, or null if it is no connection of HTTP/1.1. A server without a
     * front door gets one with the first request that runs on a core.
     */
    static @Nullable Http1Connection of(Channel channel) {
        Http1Connection known = channel.attr(OF_CHANNEL).get();
        if (known == null && isHttp1(channel)) {
            known = new Http1Connection(null);
            known.outstanding = 1;
            add(channel, known);
        }
        return known;
    }

    /** Returns what answers requests of a channel early, or null. */
    static @Nullable EarlyRequests early(Channel channel) {
        Http1Connection known = channel.attr(OF_CHANNEL).get();
        return known == null ? null : known.early;
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
            receive(ctx, msg);
            return;
        }
        held.add(msg);
        ChannelConfig config = ctx.channel().config();
        if (config.isAutoRead()) {
            config.setAutoRead(false);
            autoReadHeld = true;
        }
    }

    private boolean mayPass(Object message) {
        return hops == 0
                || (!requestComplete
                        && message instanceof HttpContent content
                        && content.decoderResult().isSuccess());
    }

    /** It is the turn of a message. */
    private void receive(ChannelHandlerContext ctx, Object message) {
        if (message instanceof LastHttpContent) {
            requestComplete = true;
        } else if (message instanceof HttpRequest) {
            requestComplete = false;
        }
        EarlyRequests first = early;
        if (first == null || !first.take(ctx, message)) {
            pass(ctx, message);
        }
    }

    /** Passes a message on to Reactor Netty. */
    void pass(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof HttpRequest request)) {
            ctx.fireChannelRead(message);
            return;
        }
        queued |= outstanding > 0 || ChannelOperations.get(ctx.channel()) != null;
        outstanding++;
        ending |= !HttpUtil.isKeepAlive(request);
        asked = early != null && outstanding == 1 ? early.server().hostOf(request.headers()) : null;
        passing = request;
        try {
            ctx.fireChannelRead(request);
        } finally {
            passing = null;
        }
    }

    /** Returns the request that is being passed on, or null. */
    @Nullable HttpRequest passing() {
        return passing;
    }

    /**
     * Returns whether nothing is outstanding at Reactor Netty, and neither a request nor an answer
     * has announced the end of the connection: Reactor Netty drops what comes after that.
     */
    boolean isIdle(Channel channel) {
        return outstanding == 0 && !ending && ChannelOperations.get(channel) == null;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (draining || !held.isEmpty()) {
            readCompleteHeld = true;
        } else {
            readComplete(ctx);
        }
    }

    private void readComplete(ChannelHandlerContext ctx) {
        if (early != null) {
            early.readComplete(ctx);
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (outstanding > 0 && msg instanceof HttpResponse response) {
            ending |= !HttpUtil.isKeepAlive(response);
            if (early != null
                    && asked != null
                    && response.status().codeClass() == HttpStatusClass.SUCCESS) {
                early.server().learn(asked);
            }
        }
        boolean last = msg instanceof LastHttpContent && !isInformational(msg);
        if (last) {
            outstanding--;
            if (outstanding == 0 && queued) {
                queued = false;
                hopBegins();
                ctx.executor().execute(() -> ctx.executor().execute(() -> resume(ctx)));
            }
        }
        heads.write(ctx, msg, promise);
        if (last && promise.cause() != null) {
            ctx.close(); // it could not be encoded: the client would wait for the rest of it
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        heads.flush(ctx);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        heads.flushWaiting(ctx);
        ctx.close(promise);
    }

    private static boolean isInformational(Object msg) {
        return msg instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void resume(ChannelHandlerContext ctx) {
        hopsEnded(1);
        if (outstanding == 0 && ctx.channel().isActive() && !ctx.isRemoved()) {
            read(ctx);
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
        hops++;
        if (!halfClosing && duplexConfig() instanceof DuplexChannelConfig config) {
            halfClosing = true;
            halfClosureBefore = config.isAllowHalfClosure();
            config.setAllowHalfClosure(true);
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
                receive(ctx, next);
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

    private void opened(ChannelHandlerContext ctx) {
        if (halfClosing && duplexConfig() instanceof DuplexChannelConfig config) {
            halfClosing = false;
            config.setAllowHalfClosure(halfClosureBefore);
        }
        if (readCompleteHeld) {
            readCompleteHeld = false;
            readComplete(ctx);
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

    private @Nullable ChannelConfig duplexConfig() {
        ChannelHandlerContext ctx = context;
        return ctx == null ? null : ctx.channel().config();
    }

    /** The end of the input, if it is one that was allowed here and is not the application's. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && halfClosing && !halfClosureBefore) {
            inputEnded = true;
        } else if (!inputEnded || !(event instanceof ChannelInputShutdownReadComplete)) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (early != null) {
            early.lost();
        }
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
        if (early != null) {
            early.discard();
        }
    }
}
