package io.fasterapi.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Gives a complete body to Reactor Netty, and with it the end of the exchange. */
final class BodySending {

    private BodySending() {}

    /**
     * Sends a body, or none to a request for the head alone. On the event loop.
     *
     * @param body belongs to Reactor Netty from now on
     * @param subscriber learns of the end
     */
    static void send(
            ByteBuf body,
            HttpServerRequest request,
            HttpServerResponse response,
            CoreSubscriber<? super Void> subscriber) {
        if (body == Unpooled.EMPTY_BUFFER) {
            subscriber.onComplete();
        } else if (HttpMethod.HEAD.equals(request.method())) {
            body.release();
            subscriber.onComplete();
        } else {
            response.send(Mono.just(body)).subscribe(new Sent(subscriber, () -> {}));
        }
    }
}
