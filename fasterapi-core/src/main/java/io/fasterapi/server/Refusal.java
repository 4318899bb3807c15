package io.fasterapi.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import reactor.core.CoreSubscriber;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/** Refuses a request that cannot be served in time: 503, on the event loop, without a log line. */
public final class Refusal {

    static final String RETRY_AFTER_SECONDS = "1";

    private Refusal() {}

    /**
     * Answers 503 with {@code Retry-After: 1} and ends the exchange.
     *
     * @param response a response of which nothing was sent
     * @param exchange Reactor Netty's subscriber for the exchange, already subscribed
     */
    public static void send(HttpServerResponse response, CoreSubscriber<? super Void> exchange) {
        FrontDoor.refused(((ChannelOperations<?, ?>) response).channel());
        if (!response.hasSentHeaders()) { // else Reactor Netty has answered meanwhile: a time-out
            response.status(HttpResponseStatus.SERVICE_UNAVAILABLE)
                    .header(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        ExchangeEnd.answered(response, exchange);
    }
}
