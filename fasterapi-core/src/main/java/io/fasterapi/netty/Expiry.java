package io.fasterapi.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fasterapi.admission.RequestPermit;
import io.fasterapi.http.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
    private final BooleanSupplier begun;
    private final Runnable cancel;
    private final Consumer<FullHttpResponse> sender;

    private Expiry(
            RequestPermit permit,
            BooleanSupplier begun,
            Runnable cancel,
            Consumer<FullHttpResponse> sender) {
        this.permit = permit;
        this.begun = begun;
        this.cancel = cancel;
        this.sender = sender;
    }

    /**
     * Waits for the deadline of an exchange, if it has one. A deadline that has passed already is
     * answered by a task of its own, soon afterwards.
     *
     * @param response an answer that has not begun
     * @param cancel gives up whatever handles the exchange, which has been counted out
     */
    public static void await(RequestPermit permit, HttpServerResponse response, Runnable cancel) {
        Channel channel = ((ChannelOperations<?, ?>) response).channel();
        await(
                permit,
                channel.eventLoop(),
                new Expiry(
                        permit,
                        response::hasSentHeaders,
                        cancel,
                        answer ->
                                channel.writeAndFlush(answer)
                                        .addListener(ChannelFutureListener.CLOSE)));
    }

    /**
     * Waits for the deadline of an early exchange, if it has one, until Reactor Netty takes over.
     *
     * @param cancel gives up whatever handles the exchange, which has been counted out
     * @param sender sends the answer and ends the connection
     */
    static void await(
            RequestPermit permit,
            EventLoop eventLoop,
            Runnable cancel,
            Consumer<FullHttpResponse> sender) {
        await(permit, eventLoop, new Expiry(permit, () -> false, cancel, sender));
    }

    private static void await(RequestPermit permit, EventLoop eventLoop, Expiry expiry) {
        Deadline deadline = permit.deadline();
        if (deadline != null) {
            permit.awaits(
                    eventLoop.schedule(
                            expiry, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public void run() {
        if (begun.getAsBoolean() || !permit.expire()) {
            return; // its answer has begun, or ended
        }
        cancel.run();
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        PROBLEM.duplicate());
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, PROBLEM.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        sender.accept(answer);
    }
}
