package io.fasterapi.netty;

import io.fasterapi.admission.RequestPermit;
import io.fasterapi.core.LoopReturn;
import io.fasterapi.placement.RoutePlacement;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** An exchange on Reactor Netty's request and response, which are one object. */
abstract class NativeExchange extends LoopReturn implements Answering, Subscription {

    /** Reactor Netty's own: that the body is chunked, until its length is known. */
    private static final int USUAL_HEADERS = 1;

    final RouteState state;

    /** Counts it. */
    final RequestPermit permit;

    private final HttpServerResponse response;
    private final @Nullable HttpHeaders preset;
    private @Nullable CoreSubscriber<? super Void> actual;

    NativeExchange(HttpServerResponse response, RouteState state, RequestPermit permit) {
        super(((ChannelOperations<?, ?>) response).channel().eventLoop());
        this.response = response;
        this.state = state;
        this.permit = permit;
        HttpHeaders found = response.responseHeaders();
        this.preset = found.size() > USUAL_HEADERS ? found.copy() : null;
    }

    /** Names it for the watchdog, see {@link io.fasterapi.core.CoreTask}. */
    public final Object route() {
        return state.route();
    }

    /** Returns where its route runs, see {@link io.fasterapi.core.CoreTask}. */
    public final RoutePlacement placement() {
        return state.placement();
    }

    /** Returns whether it is never refused, see {@link io.fasterapi.core.CoreTask}. */
    public final boolean isEssential() {
        return permit.route().isEssential();
    }

    /** Makes the response as if no handler had touched it; what was set before it began stays. */
    final void reset() {
        response.status(HttpResponseStatus.OK);
        response.responseHeaders().clear();
        if (preset != null) {
            response.responseHeaders().set(preset);
        }
        response.chunkedTransfer(true);
    }

    /** Reactor Netty waits for the end. */
    final void subscribed(CoreSubscriber<? super Void> subscriber) {
        actual = subscriber;
    }

    /** Returns what Reactor Netty waits with. */
    final CoreSubscriber<? super Void> subscriber() {
        CoreSubscriber<? super Void> subscriber = actual;
        if (subscriber == null) {
            throw new IllegalStateException("exchange: no subscriber (expected: begun)");
        }
        return subscriber;
    }

    final HttpServerResponse nativeResponse() {
        return response;
    }

    final HttpServerRequest nativeRequest() {
        return (HttpServerRequest) response;
    }

    final Channel channel() {
        return ((ChannelOperations<?, ?>) response).channel();
    }

    @Override
    public final void status(int code) {
        response.status(code);
    }

    @Override
    public final HttpHeaders headers() {
        return response.responseHeaders();
    }

    @Override
    public final ByteBufAllocator alloc() {
        return response.alloc();
    }

    @Override
    public final void request(long n) {
        // Reactor Netty waits for the end alone; there is nothing to emit.
    }
}
