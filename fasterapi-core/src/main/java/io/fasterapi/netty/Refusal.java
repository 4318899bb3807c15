package io.fasterapi.netty;

import io.fasterapi.admission.Refusals;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.CoreSubscriber;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Refuses a request that cannot be served in time: on the event loop, without a log line. */
public final class Refusal {

    private Refusal() {}

    /**
     * Answers and ends the exchange.
     *
     * @param response a response of which nothing was sent
     * @param exchange Reactor Netty's subscriber for the exchange, already subscribed
     * @param answer what is answered
     */
    public static void send(
            HttpServerResponse response,
            CoreSubscriber<? super Void> exchange,
            Refusals.Answer answer) {
        FrontDoor.refused(((ChannelOperations<?, ?>) response).channel());
        if (response.hasSentHeaders()) { // Reactor Netty has answered meanwhile: a time-out
            ExchangeEnd.answered(response, exchange);
            return;
        }
        ByteBuf body = answer.body();
        HttpHeaders headers = response.status(answer.status()).responseHeaders();
        headers.setAll(answer.headers());
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        BodySending.send(body, (HttpServerRequest) response, response, exchange);
    }
}
