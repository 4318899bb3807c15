package io.fasterapi.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import reactor.netty.ReactorNetty;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Logs what is answered early as Reactor Netty's access log does that a system property has
 * switched on. Owned by the event loop of one connection.
 */
final class EarlyAccessLog {

    /*
     * A log that code has switched on may have a form of its own, which Reactor Netty tells nobody.
     * That of the system property has the default form.
     */
    private static final Logger LOGGER = Loggers.getLogger("reactor.netty.http.server.AccessLog");

    private static final String FORM = "{} - {} [{}] \"{} {} {}\" {} {} {}";
    private static final String MISSING = "-";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z");

    private long startMillis;

    /** Returns whether the system property asks for the log. */
    static boolean isAskedFor() {
        return Boolean.parseBoolean(System.getProperty(ReactorNetty.ACCESS_LOG_ENABLED));
    }

    /** A request has arrived. */
    void arrived() {
        startMillis = System.currentTimeMillis();
    }

    /** Returns whether lines are wanted. */
    boolean isOn() {
        return LOGGER.isInfoEnabled();
    }

    /**
     * The request that has arrived last is being answered.
     *
     * @return a promise that adds its line when the answer is written
     */
    ChannelPromise answered(
            ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse answer) {
        long start = startMillis;
        long length =
                HttpUtil.isTransferEncodingChunked(answer)
                        ? answer.content().readableBytes()
                        : HttpUtil.getContentLength(answer, -1L);
        Object[] said = {
            addressOf(ctx.channel().remoteAddress()),
            MISSING,
            Instant.ofEpochMilli(start).atZone(ZoneId.systemDefault()).format(TIME),
            request.method().name(),
            request.uri(),
            request.protocolVersion().text(),
            answer.status().codeAsText(),
            length < 0 ? MISSING : length,
            0L
        };
        return ctx.newPromise()
                .addListener(
                        future -> {
                            if (future.isSuccess()) {
                                said[said.length - 1] = System.currentTimeMillis() - start;
                                LOGGER.info(FORM, said);
                            }
                        });
    }

    private static String addressOf(SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet.getHostString() : MISSING;
    }
}
