package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.Ending;
import io.fasterapi.admission.UnsignalledErrors;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.Worker;
import io.fasterapi.netty.AbstractEarlyCall;
import io.fasterapi.netty.ExchangeEnd;
import io.fasterapi.netty.Expiry;
import io.fasterapi.placement.Placement;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.util.List;
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
 * One request that WebFlux handles before Reactor Netty has seen it, on its event loop or on a
 * worker. If it brings a whole answer, now or later, that is all; else, or as soon as somebody
 * needs Reactor Netty's request or response, it goes on to Reactor Netty, once. Begun and ended on
 * the event loop; its signals come on any thread.
 */
final class EarlyExchange extends AbstractEarlyCall
        implements CoreSubscriber<Void>, Subscription, UnsignalledErrors, CoreTarget.Exchange {

    private static final Log LOGGER = LogFactory.getLog(EarlyExchange.class);

    private static final AtomicReferenceFieldUpdater<EarlyExchange, @Nullable Object> OUTCOME =
            AtomicReferenceFieldUpdater.newUpdater(EarlyExchange.class, Object.class, "outcome");

    private static final Object DONE = "done";

    private final EarlyRoute route;
    private final List<ByteBuf> body;
    private final EarlyServerHttpRequest request;
    private final EarlyServerHttpResponse response;
    private final Context context;
    private @Nullable CoreSubscriber<? super Void> actual;
    private boolean delivered;

    /** Of the outcome; written before that, read after. */
    private boolean late;

    private volatile @Nullable Subscription upstream;
    private final NativePart natively = new NativePart();

    /** The end of the chain: DONE, or what it has failed with. */
    private volatile @Nullable Object outcome;

    /**
     * Opens the exchange.
     *
     * @param route what handles it
     * @param where where it runs
     * @param body the request's, complete; retained until the exchange ends
     */
    EarlyExchange(
            EarlyRoute route,
            Placement where,
            HttpRequest original,
            URI uri,
            List<ByteBuf> body,
            Channel channel) {
        super(
                route.permit(original),
                original.headers(),
                channel,
                route.workers(),
                route.placement(),
                where);
        this.route = route;
        this.body = body;
        body.forEach(ByteBuf::retain);
        NettyDataBufferFactory buffers = new NettyDataBufferFactory(channel.alloc());
        this.request = new EarlyServerHttpRequest(this, original, uri, buffers);
        this.response = new EarlyServerHttpResponse(this, buffers);
        this.context = in(permit().in(Context.empty()));
    }

    @Override
    public Object route() {
        return WebFluxRoute.UNKNOWN;
    }

    @Override
    protected @Nullable HandlerCore shard() {
        return route.shard(request);
    }

    @Override
    protected void handle() {
        try {
            route.handler().handle(request, response).subscribe(this);
        } catch (Throwable ex) {
            fail(ex);
        } finally {
            WebFluxRoute.forget();
        }
    }

    @Override
    protected void failed(Throwable cause) {
        fail(cause);
    }

    @Override
    protected void expired() {
        cancel();
    }

    @Override
    public boolean isUnderWay() {
        if (natively.isAwaited()) {
            return false;
        }
        return outcome == null
                ? !response.isLasting() || !isDue(response.isBodyLate())
                : !isDue(response.hasBody() ? response.isBodyLate() : late);
    }

    @Override
    public boolean isAnswered() {
        return isRefused()
                || (outcome == DONE
                        && isDue(response.hasBody() ? response.isBodyLate() : late)
                        && response.isPlain());
    }

    @Override
    public HttpHeaders headers() {
        return response.nativeHeaders();
    }

    @Override
    public FullHttpResponse end() {
        over();
        if (isRefused()) {
            permit().end(Ending.REFUSED);
            return route.refusal().whole();
        }
        route.tries().answered();
        permit().end(Ending.ANSWERED);
        return response.plain();
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
            public void subscribe(CoreSubscriber<? super Void> subscriber) {
                goOn(new NativePart.Given(stock, nativeResponse), subscriber);
            }
        };
    }

    private void goOn(NativePart.Given given, CoreSubscriber<? super Void> subscriber) {
        subscriber.onSubscribe(this);
        Expiry.await(permit(), given.response(), this::cancel);
        watchConnection(this::cancel);
        response.moveTo(given.response());
        natively.give(given, eventLoop());
        actual = subscriber; // its end is delivered by whoever has passed it on, or later
    }

    private void ended(Object how) {
        if (outcome == null) {
            late = !isWithin();
        }
        if (OUTCOME.compareAndSet(this, null, how)) {
            came();
        } else if (how instanceof Throwable cause) {
            UnsignalledErrors.log(cause);
        }
    }

    @Override
    protected void deliver() {
        CoreSubscriber<? super Void> subscriber = actual;
        NativePart.Given there = natively.given();
        if (subscriber == null || there == null) {
            if (outcome == null) {
                response.awaitEnd();
            }
            return;
        }
        if (response.hasBody() && isDue(response.isBodyLate())) {
            response.send(there.response());
        }
        Object how = outcome;
        if (how == null || delivered || response.hasBody() || !isDue(late)) {
            return;
        }
        delivered = true;
        watchConnection(null);
        over();
        Throwable failure = how instanceof Throwable thrown ? thrown : null;
        if (!permit().end(failure == null ? Ending.ANSWERED : Ending.FAILED)) {
            return; // the client has gone
        }
        if (failure == null) {
            ExchangeEnd.answered(there.response(), subscriber);
        } else {
            ExchangeEnd.failed(there.response(), subscriber, failure);
        }
    }

    /**
     * The exchange has ended: its body is nobody's any more, and nobody waits for Reactor Netty.
     */
    private void over() {
        if (!natively.close()) {
            return;
        }
        for (ByteBuf each : body) {
            if (each.refCnt() > 0) { // else its reader has released it once too often
                each.release();
            }
        }
    }

    boolean isOver() {
        return natively.isClosed();
    }

    boolean isOnLoop() {
        return eventLoop().inEventLoop();
    }

    List<ByteBuf> body() {
        return body;
    }

    /** Returns what writes streams, or null if the exchange runs on its event loop. */
    @Nullable CoreStreams streams() {
        Worker worker = worker();
        return worker == null
                ? null
                : new CoreStreams(
                        new CoreTarget(worker, workers().cores(), this), eventLoop(), this::write);
    }

    /** Returns Reactor Netty's part if it is there, or can be had at once. */
    private NativePart.@Nullable Given served() {
        NativePart.Given known = natively.given();
        Onward way = onward();
        if (known == null && way != null && !isOver() && isOnLoop()) {
            way.pass();
            known = natively.given();
        }
        return known;
    }

    /**
     * Returns Reactor Netty's part; another thread than the event loop's waits for it.
     *
     * @throws IllegalStateException if the exchange is over
     */
    NativePart.Given awaitServed() {
        NativePart.Given known = served();
        return known == null
                // by a task of the loop, also from a core, which would wait for its own batch
                ? natively.join(() -> eventLoop().execute(this::settle))
                : known;
    }

    /** Writes with Reactor Netty's response, as soon as that is there. */
    Mono<Void> write(Function<HttpServerResponse, Mono<Void>> writing) {
        NativePart.Given known = served();
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
                                                onWorker(() -> sink.success(there.response()));
                                            }
                                        }))
                .flatMap(writing);
    }

    private void onWorker(Runnable continuation) {
        if (worker() == null) {
            continuation.run();
        } else {
            hop(continuation);
        }
    }

    /** Does something as soon as Reactor Netty has the request; with null if it never will. */
    void await(Consumer<NativePart.@Nullable Given> action) {
        if (natively.await(action)) {
            came();
        }
    }

    /** Returns whether the caller is something else than the handler at its first run. */
    boolean isElsewhere() {
        return !isWithin();
    }

    /** A body was written; the chain goes on after it if it has not ended by now. */
    void wrote() {
        if (outcome == null) {
            came();
        }
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscription.request(Long.MAX_VALUE);
        if (isOver()) { // the client has gone before
            giveUpChain();
        }
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
        if (isOver() || outcome != null) {
            UnsignalledErrors.log(cause);
        } else {
            ended(cause);
            giveUpChain();
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
        permit().end(Ending.GONE);
        response.discard();
        Worker worker = worker();
        if (worker == null) {
            giveUpChain();
        } else if (outcome == null) {
            workers().cores().execute(worker, this::giveUpChain);
        }
    }

    /** Cancels what handles the request. */
    private void giveUpChain() {
        UnsignalledErrors.cancel(upstream);
    }
}
