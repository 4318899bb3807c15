package io.fasterapi.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Gives a complete body to Reactor Netty, and with it the end of the exchange. */
final class BodySending {

    private BodySending() {}

    /**
     * Sends a body, or none to a request for the head alone: chunked if its length is not among the
     * headers. On the event loop.
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
            ExchangeEnd.answered(response, subscriber);
        } else if (HttpMethod.HEAD.equals(request.method())) {
            body.release();
            ExchangeEnd.answered(response, subscriber);
        } else {
            boolean whole = response.responseHeaders().contains(DirectResponse.CONTENT_LENGTH);
            Publisher<ByteBuf> sent = whole ? Mono.just(body) : Flux.just(body);
            response.send(sent).subscribe(new Sent(response, subscriber, how -> {}));
        }
    }
}
