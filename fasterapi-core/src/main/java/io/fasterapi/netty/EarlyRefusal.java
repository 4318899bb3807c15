package io.fasterapi.netty;

import io.fasterapi.admission.Refusals;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;

/**
 * Answers a connection's requests between the codec and Reactor Netty while they would be refused.
 * Owned by the connection's event loop.
 */
final class EarlyRefusal extends ChannelDuplexHandler {

    /*
     * An answer from here must not overtake one of Reactor Netty's. So this counts the requests
     * that it passed on and their answers, and writes only when there is none outstanding. It comes
     * into the pipeline when a request of the connection is refused in the usual way, in the middle
     * of a connection's life, when nobody knows how many pipelined requests Reactor Netty has in
     * its queue. But a request that is served while it is being passed on was not queued behind
     * others. So the count begins when the next request is refused, too, while it is passed on, and
     * from the third on they are refused here.
     *
     * Answers are flushed once, when the read is over that brought their requests, or before
     * something is passed on.
     *
     * It comes before FrontConnection, so that what is refused is looked at once.
     *
     * What could make the usual way do anything but refuse takes the usual way: a request without
     * the host of the last refused one (Reactor Netty and Spring refuse malformed ones), an
     * expectation, an upgrade, a body of unknown length, anything about the connection; and whatever
     * follows a request that announced the connection's end, which Reactor Netty drops. So do all
     * while the client does not read its answers, since there Reactor Netty bounds what waits.
     */
    private static final String NAME = "fasterapi.earlyRefusal";

    private static final int UNKNOWN = -1;

    /** What is between the codec and the application if nobody has asked for more. */
    private static final Set<String> KNOWN =
            Set.of(
                    ConnectionGate.NAME,
                    FrontConnection.NAME,
                    PipelinedReads.NAME,
                    NAME,
                    NettyPipeline.IdleTimeoutHandler,
                    NettyPipeline.HttpTrafficHandler,
                    GracefulClose.NAME,
                    NettyPipeline.ReactiveBridge);

    private static final List<String> IN_ORDER =
            List.of(
                    NAME,
                    FrontConnection.NAME,
                    PipelinedReads.NAME,
                    NettyPipeline.HttpTrafficHandler);

    private final FrontDoor server;
    private int outstanding = UNKNOWN;
    private @Nullable HttpRequest passing;
    private @Nullable String host;
    private boolean refusing;
    private boolean ending;
    private boolean swallowing;
    private boolean unflushed;
    private boolean readDue;

    private EarlyRefusal(FrontDoor server) {
        this.server = server;
    }

    /** A request is about to be refused in the usual way. */
    static void refused(Channel channel, FrontDoor server) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(NAME) instanceof EarlyRefusal known) {
            known.refused();
        } else if (isKnown(pipeline)) {
            pipeline.addBefore(first(pipeline), NAME, new EarlyRefusal(server));
        }
    }

    /** Returns the name of the first of those handlers that a request of HTTP/1.1 comes to. */
    static String first(ChannelPipeline pipeline) {
        for (String name : IN_ORDER) {
            if (pipeline.context(name) != null) {
                return name;
            }
        }
        throw new IllegalStateException("pipeline: " + pipeline.names() + " (expected: HTTP/1.1)");
    }

    /** Returns whether nobody has put anything between the codec and the application. */
    static boolean isKnown(ChannelPipeline pipeline) {
        boolean codec = false;
        boolean traffic = false;
        for (String name : pipeline.names()) {
            if (name.equals(NettyPipeline.HttpCodec)) {
                codec = true;
            } else if (codec && pipeline.context(name) != null && !KNOWN.contains(name)) {
                return false;
            }
            traffic |= name.equals(NettyPipeline.HttpTrafficHandler);
        }
        return codec && traffic;
    }

    private void refused() {
        HttpRequest request = passing;
        if (request != null) {
            outstanding = 1;
            refusing = true;
            host = FrontDoor.hostOf(request);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof HttpRequest request) {
            Refusals.Answer answer = refusing ? refusal(ctx, request) : null;
            if (answer == null) {
                pass(ctx, request);
            } else {
                swallowing = true;
                unflushed = true;
                // from constants, but encoded anew: the encoder has to see every answer
                ctx.write(answer.whole(), ctx.voidPromise());
            }
        } else if (swallowing && msg instanceof HttpContent) {
            swallowing = !(msg instanceof LastHttpContent);
            ReferenceCountUtil.release(msg);
            readDue = true;
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        flushAnswers(ctx);
        if (readDue) {
            readDue = false;
            ctx.read(); // Reactor Netty knows nothing of what was refused, so it asks for nothing
        }
        ctx.fireChannelReadComplete();
    }

    private void flushAnswers(ChannelHandlerContext ctx) {
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
    }

    private void pass(ChannelHandlerContext ctx, HttpRequest request) {
        flushAnswers(ctx);
        if (outstanding != UNKNOWN) {
            outstanding++;
        }
        ending |= !HttpUtil.isKeepAlive(request);
        passing = request;
        try {
            ctx.fireChannelRead(request);
        } finally {
            passing = null;
        }
    }

    private Refusals.@Nullable Answer refusal(ChannelHandlerContext ctx, HttpRequest request) {
        Channel channel = ctx.channel();
        if (!channel.isWritable()) {
            flushAnswers(ctx);
        }
        if (ending
                || outstanding != 0
                || !isOrdinary(request)
                || !channel.isWritable()
                || ChannelOperations.get(channel) != null) {
            return null;
        }
        Refusals.Answer answer = server.refusal(request, channel.eventLoop());
        refusing = answer != null;
        return answer;
    }

    private boolean isOrdinary(HttpRequest request) {
        return host != null
                && host.equals(FrontDoor.hostOf(request))
                && FrontDoor.isOrdinary(request);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof LastHttpContent && !isInformational(msg)) {
            outstanding = outstanding > 0 ? outstanding - 1 : UNKNOWN;
        }
        ctx.write(msg, promise);
    }

    static boolean isInformational(Object msg) {
        return msg instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
