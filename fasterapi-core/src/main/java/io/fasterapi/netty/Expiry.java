package io.fasterapi.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fasterapi.admission.RequestPermit;
import io.fasterapi.http.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Ends an exchange whose deadline passes before its answer has begun: 503 with a problem body, and
 * the end of the connection, or of the stream of HTTP/2. On the exchange's event loop.
 */
public final class Expiry implements Runnable {

    /*
     * A handler may be at work on Reactor Netty's response at this moment, on another thread. So
     * the answer does not use that response but goes to the connection itself, which it closes:
     * whatever the handler writes afterwards finds no connection, as if the client had hung up.
     */
    private static final ByteBuf PROBLEM =
            Unpooled.unreleasableBuffer(
                    Unpooled.copiedBuffer(
                            "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\","
                                    + "\"status\":503,"
                                    + "\"detail\":\"The request's deadline has passed.\"}",
                            US_ASCII));

    private final RequestPermit permit;
    private final HttpServerResponse response;
    private final Runnable cancel;

    private Expiry(RequestPermit permit, HttpServerResponse response, Runnable cancel) {
        this.permit = permit;
        this.response = response;
        this.cancel = cancel;
    }

    /**
     * Waits for the deadline of an exchange, if it has one. A deadline that has passed already is
     * answered by a task of its own, soon afterwards.
     *
     * @param response an answer that has not begun
     * @param cancel gives up whatever handles the exchange, which has been counted out
     */
    public static void await(RequestPermit permit, HttpServerResponse response, Runnable cancel) {
        Deadline deadline = permit.deadline();
        if (deadline != null) {
            Expiry expiry = new Expiry(permit, response, cancel);
            permit.awaits(
                    expiry.channel()
                            .eventLoop()
                            .schedule(
                                    expiry, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    private Channel channel() {
        return ((ChannelOperations<?, ?>) response).channel();
    }

    @Override
    public void run() {
        if (response.hasSentHeaders() || !permit.expire()) {
            return; // its answer has begun, or ended
        }
        cancel.run();
        Channel channel = channel();
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        PROBLEM.duplicate());
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, PROBLEM.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
}
