package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.Ending;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.admission.UnsignalledErrors;
import io.fasterapi.netty.EarlyCall;
import io.fasterapi.netty.ExchangeEnd;
import io.fasterapi.netty.Refusal;
import io.fasterapi.netty.Workers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

/**
 * One request that WebFlux handles on its event loop before Reactor Netty has seen it. If it has a
 * whole answer when the filters and the handler return, that is all; else, or as soon as somebody
 * needs Reactor Netty's request or response, it goes on to Reactor Netty, once. Begun on the event
 * loop; its signals come on any thread.
 */
final class EarlyExchange
        implements EarlyCall, CoreSubscriber<Void>, Subscription, Runnable, UnsignalledErrors {

    /*
     * The state is what has become of it: nothing yet, its end (DONE or a failure), or the
     * subscriber of Reactor Netty that waits for the end. Whoever comes second, the end or that
     * subscriber, passes the end on.
     *
     * What another thread brings is never a plain answer, however early it comes: it has to find
     * read whatever had arrived on the connection, so it is a later task of the event loop.
     */
    private static final Log LOGGER = LogFactory.getLog(EarlyExchange.class);

    private static final AtomicReferenceFieldUpdater<EarlyExchange, @Nullable Object> STATE =
            AtomicReferenceFieldUpdater.newUpdater(EarlyExchange.class, Object.class, "state");

    private static final Object DONE = "done";

    private final EarlyRoute route;
    private final RequestPermit permit;
    private final HttpRequest original;
    private final Channel channel;
    private final List<ByteBuf> body;
    private final EarlyServerHttpRequest request;
    private final EarlyServerHttpResponse response;
    private final Context context;
    private @Nullable Onward onward;
    private boolean refused;
    private volatile @Nullable Subscription upstream;
    private volatile boolean elsewhere;
    private volatile boolean over;
    private volatile @Nullable Object state;
    private volatile @Nullable Native served;
    private @Nullable List<Consumer<? super @Nullable Native>> waiting;

    /**
     * Reactor Netty's part of an exchange.
     *
     * @param request as Spring makes it
     * @param response Reactor Netty's
     */
    record Native(ServerHttpRequest request, HttpServerResponse response) {}

    /**
     * Opens the exchange.
     *
     * @param route what handles it
     * @param body the request's, complete; retained until the exchange ends
     */
    EarlyExchange(
            EarlyRoute route,
            RequestPermit permit,
            HttpRequest original,
            URI uri,
            List<ByteBuf> body,
            Channel channel) {
        this.route = route;
        this.permit = permit;
        this.original = original;
        this.channel = channel;
        this.body = body;
        body.forEach(ByteBuf::retain);
        NettyDataBufferFactory buffers = new NettyDataBufferFactory(channel.alloc());
        this.request = new EarlyServerHttpRequest(this, original, uri, buffers);
        this.response = new EarlyServerHttpResponse(this, buffers);
        this.context = in(permit.in(Context.empty()));
    }

    @Override
    public void begin(Onward way) {
        onward = way;
        if (permit.begin()) {
            Workers.runInline(WebFluxRoute.UNKNOWN, route.placement(), this);
        } else {
            refused = true;
        }
    }

    /** Has WebFlux handle the request. */
    @Override
    public void run() {
        try {
            route.handler().handle(request, response).subscribe(this);
        } catch (Throwable ex) {
            fail(ex);
        } finally {
            WebFluxRoute.forget();
        }
    }

    @Override
    public boolean isAnswered() {
        return state == DONE && !elsewhere && response.isPlain();
    }

    @Override
    public FullHttpResponse end() {
        route.tries().answered();
        over();
        permit.end(Ending.ANSWERED);
        return response.plain();
    }

    @Override
    public boolean isOf(HttpHeaders headers) {
        return original.headers() == headers;
    }

    @Override
    public void abandon() {
        LOGGER.error("FasterAPI: an early request ended without an answer");
        cancel();
    }

    /** Returns what waits for the end on behalf of Reactor Netty, which has the request now. */
    Mono<Void> goOn(ServerHttpRequest stock, HttpServerResponse nativeResponse) {
        route.tries().passed();
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> actual) {
                goOn(new Native(stock, nativeResponse), actual);
            }
        };
    }

    private void goOn(Native given, CoreSubscriber<? super Void> actual) {
        actual.onSubscribe(this);
        if (refused) {
            over();
            permit.end(Ending.REFUSED);
            Refusal.send(given.response(), actual, route.refusal());
            return;
        }
        response.moveTo(given.response());
        List<Consumer<? super @Nullable Native>> due;
        synchronized (this) {
            served = given;
            due = waiting;
            waiting = null;
        }
        if (due != null) {
            channel.eventLoop().execute(() -> due.forEach(action -> action.accept(given)));
        }
        if (!STATE.compareAndSet(this, null, actual)) {
            if (elsewhere) {
                channel.eventLoop().execute(() -> deliver(actual, state));
            } else {
                deliver(actual, state);
            }
        }
    }

    private void ended(Object outcome) {
        if (!isOnLoop()) {
            elsewhere = true;
        }
        if (!STATE.compareAndSet(this, null, outcome)
                && state instanceof CoreSubscriber<?> subscriber) {
            deliver(subscriber, outcome);
        }
    }

    private void deliver(CoreSubscriber<?> actual, @Nullable Object outcome) {
        over();
        Native there = served;
        Throwable failure = outcome instanceof Throwable thrown ? thrown : null;
        if (!permit.end(failure == null ? Ending.ANSWERED : Ending.FAILED) || there == null) {
            return; // the client has gone
        }
        if (failure == null) {
            ExchangeEnd.answered(there.response(), actual);
        } else {
            ExchangeEnd.failed(there.response(), actual, failure);
        }
    }

    /**
     * The exchange has ended: its body is nobody's any more, and nobody waits for Reactor Netty.
     */
    private void over() {
        List<Consumer<? super @Nullable Native>> left;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            left = waiting;
            waiting = null;
        }
        for (ByteBuf each : body) {
            if (each.refCnt() > 0) { // else its reader has released it once too often
                each.release();
            }
        }
        if (left != null) {
            left.forEach(action -> action.accept(null));
        }
    }

    boolean isOnLoop() {
        return channel.eventLoop().inEventLoop();
    }

    Channel channel() {
        return channel;
    }

    List<ByteBuf> body() {
        return body;
    }

    /** Returns Reactor Netty's part if it is there, or can be had at once. */
    private @Nullable Native served() {
        Native known = served;
        Onward way = onward;
        if (known == null && way != null && !over && isOnLoop()) {
            way.pass();
            known = served;
        }
        return known;
    }

    /**
     * Returns Reactor Netty's part; another thread than the event loop's may wait for it until the
     * handler has returned there.
     *
     * @throws IllegalStateException if the exchange is over
     */
    Native awaitServed() {
        Native known = served();
        if (known != null) {
            return known;
        }
        CompletableFuture<@Nullable Native> later = new CompletableFuture<>();
        await(later::complete);
        Native there = later.join();
        if (there == null) {
            throw new IllegalStateException("exchange: over (expected: asked for before its end)");
        }
        return there;
    }

    /** Writes with Reactor Netty's response, as soon as that is there. */
    Mono<Void> write(Function<HttpServerResponse, Mono<Void>> writing) {
        Native known = served();
        if (known != null) {
            return writing.apply(known.response());
        }
        return Mono.<HttpServerResponse>create(
                        sink ->
                                await(
                                        there -> {
                                            if (there == null) {
                                                sink.error(AbortedException.beforeSend());
                                            } else {
                                                sink.success(there.response());
                                            }
                                        }))
                .flatMap(writing);
    }

    /** Does something as soon as Reactor Netty has the request; with null if it never will. */
    void await(Consumer<? super @Nullable Native> action) {
        Native known;
        synchronized (this) {
            known = served;
            if (known == null && !over) {
                List<Consumer<? super @Nullable Native>> actions = waiting;
                if (actions == null) {
                    actions = new ArrayList<>(1);
                    waiting = actions;
                }
                actions.add(action);
                return;
            }
        }
        action.accept(known);
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Void nothing) {}

    @Override
    public void onError(Throwable cause) {
        ended(cause);
    }

    @Override
    public void onComplete() {
        ended(DONE);
    }

    @Override
    public void fail(Throwable cause) {
        Object now = state;
        if (over || now == DONE || now instanceof Throwable) {
            UnsignalledErrors.log(cause);
        } else {
            ended(cause);
            giveUp();
        }
    }

    @Override
    public void request(long n) {
        // Reactor Netty waits for the end alone.
    }

    /** The client has gone, or Reactor Netty has given the exchange up. */
    @Override
    public void cancel() {
        over();
        permit.end(Ending.GONE);
        response.discard();
        giveUp();
    }

    /** Cancels what handles the request. */
    private void giveUp() {
        UnsignalledErrors.cancel(upstream);
    }
}
