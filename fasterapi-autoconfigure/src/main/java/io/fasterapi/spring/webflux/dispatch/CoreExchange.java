package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.Ending;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.core.CoreTask;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.LoopReturn;
import io.fasterapi.core.Worker;
import io.fasterapi.netty.ExchangeEnd;
import io.fasterapi.netty.Expiry;
import io.fasterapi.netty.Hops;
import io.fasterapi.netty.InboundGate;
import io.fasterapi.netty.Refusal;
import io.fasterapi.netty.Workers;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.RoutePlacement;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHeadResponseDecorator;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request of WebFlux on its way to a worker and back: through a ring if the worker is a core,
 * back in a completion batch. It begins and ends on the event loop and runs on the worker. Either
 * may cancel it.
 */
final class CoreExchange extends LoopReturn implements CoreTask, CoreTarget.Exchange {

    /*
     * Two things return to the event loop. A body of known length is written when WebFlux has
     * committed it; later steps of the filter chain must not delay it. The end of the chain comes
     * second. Usually both happen in one run of the core and travel together. Each is early (made
     * in a run that the event loop waits for) or late; that decides what the handler that keeps the
     * connection's order lets pass first.
     * `body` is exchanged atomically, because the loop may drop it (the client has hung up) while
     * the core sets it. The thread that takes it releases it.
     */
    private static final int NO_TICKET = -1;

    private static final VarHandle BODY;

    static {
        try {
            BODY = MethodHandles.lookup().findVarHandle(CoreExchange.class, "body", ByteBuf.class);
        } catch (ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final HttpServerResponse nativeResponse;
    private final Channel channel;
    private final HttpHandler delegate;
    private final Workers workers;
    private final RoutePlacement placement;
    private final @Nullable HandlerCore shard;
    private final Placement where;
    private final RequestPermit permit;

    private final Hops hops = new Hops();
    private final Cancellation cancellation = new Cancellation();
    private @Nullable ServerHttpRequest request;
    private @Nullable ServerHttpResponse response;
    private @Nullable CoreSubscriber<? super Void> actual;
    private @Nullable CoreChain chain;
    private volatile @Nullable Worker worker;
    private volatile boolean cancelled;
    private @Nullable InboundGate gate;
    private boolean ended;
    private boolean dropped;
    private volatile boolean givenUp;
    private int ticket = NO_TICKET;
    private volatile boolean bodyLate;
    private volatile boolean endLate;

    @SuppressWarnings("unused") // written through BODY
    private volatile @Nullable ByteBuf body;

    CoreExchange(
            HttpServerResponse nativeResponse,
            HttpHandler delegate,
            Workers workers,
            RequestPlacements.Place place,
            Placement where) {
        super(((ChannelOperations<?, ?>) nativeResponse).channel().eventLoop());
        this.channel = ((ChannelOperations<?, ?>) nativeResponse).channel();
        this.workers = workers;
        this.placement = place.placement();
        this.shard = place.key() == null ? null : workers.cores().coreOf(place.key());
        this.permit = workers.permit(nativeResponse, placement.load());
        this.where = where;
        this.nativeResponse = nativeResponse;
        this.delegate = delegate;
    }

    /** Gives the request to a worker, or refuses it if there is no room. */
    void begin(
            ServerHttpRequest request,
            ServerHttpResponse response,
            CoreSubscriber<? super Void> actual) {
        this.request = request;
        this.response = response;
        this.actual = actual;
        this.chain = new CoreChain(this, permit.in(actual.currentContext()));
        boolean admitted = permit.begin();
        actual.onSubscribe(cancellation);
        if (!admitted) {
            refuse();
            return;
        }
        Expiry.await(permit, nativeResponse, this::expired);
        InboundGate connection = InboundGate.of(channel);
        gate = connection;
        if (connection != null) {
            connection.onConnectionLost(cancellation);
        }
        hops.begin(connection); // first: work that cannot be run may come back at once
        if (!workers.dispatch(where, shard, permit.route(), this)) {
            hops.end(1);
            refuse();
        }
    }

    private void expired() {
        ended = true;
        cancellation.cancel();
    }

    private void refuse() {
        ended = true;
        close(Ending.REFUSED);
        Refusal.send(
                nativeResponse,
                required(actual),
                workers.admission().refusals().of(permit.route()));
    }

    @Override
    public Object route() {
        return WebFluxRoute.UNKNOWN;
    }

    @Override
    public RoutePlacement placement() {
        return placement;
    }

    @Override
    public boolean isOrdered() {
        return shard != null;
    }

    @Override
    public boolean isEssential() {
        return permit.route().isEssential();
    }

    @Override
    public boolean giveUp() {
        givenUp = permit.giveUp();
        if (!givenUp) {
            return false;
        }
        hopFinished();
        return true;
    }

    @Override
    public void run(Worker runningWorker) {
        worker = runningWorker;
        hops.run();
        try {
            if (!permit.isOverdue()) { // if overdue, it is answered or about to be
                placement.run(Workers.placeOf(runningWorker), () -> handle(runningWorker));
            }
        } catch (Throwable ex) {
            required(chain).fail(ex);
        } finally {
            WebFluxRoute.forget();
            hopFinished();
        }
    }

    private void handle(Worker runningWorker) {
        ServerHttpRequest onLoop = required(request);
        ServerHttpResponse stock = required(response);
        request = null;
        response = null;
        CoreTarget target = new CoreTarget(runningWorker, workers.cores(), this);
        ServerHttpRequest onCore = new CoreServerHttpRequest(onLoop, target);
        CoreServerHttpResponse onward =
                new CoreServerHttpResponse(
                        this,
                        new CoreStreams(
                                target, eventLoop(), writing -> writing.apply(nativeResponse)),
                        nativeResponse,
                        (NettyDataBufferFactory) stock.bufferFactory());
        ServerHttpResponse answer =
                onLoop.getMethod() == HttpMethod.HEAD
                        ? new HttpHeadResponseDecorator(onward)
                        : onward;
        delegate.handle(onCore, answer).subscribe(required(chain));
    }

    @Override
    public void abort(Throwable cause) {
        if (worker == null) {
            hopFinished();
        }
        required(chain).fail(cause);
    }

    @Override
    public void hop(Runnable continuation) {
        hops.hop(workers.cores(), required(worker), () -> run(continuation), this::returnToLoop);
    }

    @Override
    public void run(Runnable continuation) {
        try {
            continuation.run();
        } catch (Throwable ex) {
            required(chain).fail(ex);
        }
    }

    @Override
    public void onTime(Runnable action) {
        hops.onTime(eventLoop(), action);
    }

    /** Tells the event loop in the core's completion batch. */
    private void hopFinished() {
        hops.finish();
        returnToLoop();
    }

    /** Sends a complete body. The exchange owns the buffer from now on. */
    void send(ByteBuf buffer) {
        bodyLate = !hops.isWithin();
        ByteBuf earlier = (ByteBuf) BODY.getAndSet(this, buffer);
        if (earlier != null) {
            earlier.release();
        }
        returnToLoop();
    }

    /** The chain is about to end. Notes whether that is late. */
    void finishing() {
        endLate = !hops.isWithin();
    }

    @Override
    protected void onLoop() {
        try {
            due();
        } catch (Throwable ex) {
            ExchangeEnd.cut(channel, ex); // this exchange is told of that
        }
    }

    private void due() {
        int finishedHops = hops.takeFinished();
        try {
            deliver();
        } finally {
            if (finishedHops > 0) {
                hops.end(finishedHops);
            }
        }
        if (finishedHops > 0) {
            deliver();
            hops.runWaiting();
        }
    }

    /** Writes what is due. What is late waits for the runs that began before it. */
    private void deliver() {
        if (givenUp && !ended) {
            refuse();
        }
        CoreChain ending = required(chain);
        boolean ends = ending.isDone() && !ended && isDue(endLate);
        if (body != null && isDue(bodyLate)) {
            ByteBuf buffer = (ByteBuf) BODY.getAndSet(this, null);
            if (buffer != null) {
                write(buffer);
            }
        }
        if (ends && body == null) {
            ended = true;
            Throwable cause = ending.failure();
            if (cause == null) {
                close(dropped ? Ending.GONE : Ending.ANSWERED);
                ExchangeEnd.answered(nativeResponse, required(actual));
            } else {
                close(Ending.FAILED);
                ExchangeEnd.failed(nativeResponse, required(actual), cause);
            }
        }
    }

    private boolean isDue(boolean late) {
        if (!late) {
            return true;
        }
        if (ticket == NO_TICKET) {
            ticket = hops.ticket();
        }
        return hops.isOver(ticket);
    }

    private void write(ByteBuf buffer) {
        if (cancelled || !channel.isActive()) {
            buffer.release();
            dropped = true;
            return;
        }
        nativeResponse.send(Mono.just(buffer)).subscribe(new Written());
    }

    private void close(Ending how) {
        if (gate != null) {
            gate.forget(cancellation);
        }
        permit.end(how);
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("exchange: used before it has begun");
        }
        return value;
    }

    /**
     * The client has hung up, or Reactor Netty has given up the exchange. Usually on the event
     * loop.
     */
    private final class Cancellation implements Subscription, Runnable {

        @Override
        public void run() {
            cancel();
        }

        @Override
        public void request(long n) {
            // A Mono<Void> has nothing to emit.
        }

        @Override
        public void cancel() {
            cancelled = true;
            CoreChain running = required(chain);
            running.giveUp();
            permit.end(Ending.GONE);
            Worker target = worker;
            if (target != null && !running.isDone()) {
                workers.cores().execute(target, running::cancel);
            }
        }
    }
}
