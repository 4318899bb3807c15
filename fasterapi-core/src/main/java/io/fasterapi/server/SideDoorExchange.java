package io.fasterapi.server;

import io.fasterapi.cores.CoreTask;
import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.Worker;
import io.fasterapi.exchange.Passage;
import io.fasterapi.http.BodyTooLargeException;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.write.AnswerSizes;
import io.fasterapi.write.BodyWriters;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request of a direct route. Begun and ended on the event loop; in between its handler runs
 * where the route's placement says, and may end the response from any thread. What the hop to a
 * core answers is written before the gate lets more pass, what comes later after that.
 */
final class SideDoorExchange extends NativeExchange implements CoreTask, BodyCollector.Outcome {

    private static final System.Logger LOGGER = System.getLogger(SideDoorExchange.class.getName());

    private final RouteState state;
    private final Route route;
    private final DirectRequest request;
    private final DirectResponse response;
    private final Workers workers;
    private final Passage passage;
    private final SideDoorOptions options;
    private final @Nullable FrontExchange front;
    private final long startNanos;

    private volatile @Nullable Throwable failure;
    private volatile @Nullable ByteBuf body;
    private volatile @Nullable FileAnswer file;
    private volatile @Nullable Runnable failureEnd;
    private volatile boolean cancelled;
    private final Hops hops = new Hops();
    private final Runnable lost = this::cancel;
    private @Nullable InboundGate gate;
    private volatile boolean late;
    private volatile boolean hopEnded;
    private volatile boolean givenUp;
    private boolean ordered;
    private volatile Runnable active = () -> {};

    SideDoorExchange(
            RouteState state,
            Passage passage,
            DirectRequest request,
            HttpServerResponse response,
            Workers workers,
            SideDoorOptions options) {
        super(response);
        this.state = state;
        this.route = state.route();
        this.request = request;
        this.response = new DirectResponse(this);
        this.workers = workers;
        this.passage = passage;
        this.options = options;
        this.front = null;
        this.startNanos = System.nanoTime();
    }

    /** Goes on with what began at the front door and did not end there. */
    SideDoorExchange(
            FrontExchange begun,
            HttpServerResponse response,
            Workers workers,
            SideDoorOptions options) {
        super(response);
        this.state = begun.state();
        this.route = state.route();
        this.request = begun.request();
        this.response = begun.response();
        this.workers = workers;
        this.passage = begun.passage();
        this.options = options;
        this.front = begun;
        this.startNanos = begun.startNanos();
    }

    void begin(CoreSubscriber<? super Void> subscriber) {
        subscribed(subscriber);
        FrontExchange begun = front;
        boolean admitted = begun == null ? passage.begin() : begun.isAdmitted();
        subscriber.onSubscribe(this);
        if (!admitted) {
            refuse();
        } else if (begun != null) {
            begun.goOn(this);
        } else {
            Expiry.await(passage, nativeResponse(), this::expired);
            BodyCollector.collect(nativeRequest(), options.maxBodyBytes(), this);
        }
    }

    @Override
    public void body(byte[] bytes) {
        request.body(bytes);
        place();
    }

    @Override
    public void noBody(Throwable cause) {
        if (cancelled) {
            return;
        }
        if (cause instanceof BodyTooLargeException) {
            fail(cause);
        } else {
            record(RouteRecorder.STATUS_UNKNOWN);
            passage.end();
            subscriber().onError(cause);
        }
    }

    private void place() {
        Placement where = state.placement().now();
        if (where == Placement.INLINE) {
            if (!workers.admission().admitsInline(passage.route(), eventLoop())) {
                refuse();
            } else if (!passage.isOverdue()) {
                Workers.runInline(route, state.placement(), this::invoke);
            }
            return;
        }
        HandlerCore shard;
        try {
            shard = state.coreOf(request, workers.cores());
        } catch (Throwable ex) {
            fail(ex);
            return;
        }
        gate = InboundGate.of(channel());
        if (gate != null) {
            gate.onConnectionLost(lost);
        }
        active = state.recorder().active(route, request.method());
        hops.begin(gate); // first: what cannot be run any more may come back at once
        ordered = shard != null;
        if (!workers.dispatch(where, shard, passage.route(), this)) {
            hops.end(1);
            refuse();
        }
    }

    private void refuse() {
        record(HttpResponseStatus.SERVICE_UNAVAILABLE.code());
        passage.end();
        forgetLost();
        Refusal.send(nativeResponse(), subscriber());
    }

    private void forgetLost() {
        if (gate != null) {
            gate.forget(lost);
        }
    }

    @Override
    public Object route() {
        return route;
    }

    @Override
    public boolean isOrdered() {
        return ordered;
    }

    @Override
    public boolean giveUp() {
        givenUp = passage.giveUp();
        if (!givenUp) {
            return false;
        }
        hops.finish();
        returnToLoop();
        return true;
    }

    @Override
    public void run(Worker worker) {
        hops.run();
        if (!passage.isOverdue()) { // else it is answered, or about to be
            state.placement().run(Workers.placeOf(worker), this::invoke);
        }
        hops.finish();
        returnToLoop();
    }

    /** Notes, before an answer can be seen, whether it comes later than the hop. */
    private void noteTime() {
        late = !hops.isWithin();
    }

    @Override
    public void abort(Throwable cause) {
        fail(cause);
        hops.finish();
        returnToLoop();
    }

    private void invoke() {
        try {
            route.handler().handle(request, response);
            if (!response.ended() && !response.isAsync()) {
                fail(new IllegalStateException(route + ": returned without ending its response"));
            }
        } catch (Throwable ex) {
            if (response.ended()) {
                LOGGER.log(System.Logger.Level.ERROR, route + ": failed after its response", ex);
            } else {
                fail(ex);
            }
        }
    }

    @Override
    public AnswerSizes sizes() {
        return state.sizes();
    }

    @Override
    public BodyWriters writers() {
        return options.writers();
    }

    @Override
    public void answer(ByteBuf buffer) {
        noteTime();
        body = buffer;
        returnToLoop();
    }

    @Override
    public void answer(Path path) {
        FileAnswer.open(path, this::opened, this::fail);
    }

    private void opened(FileAnswer answer) {
        noteTime();
        file = answer;
        returnToLoop();
    }

    /** Lets the application answer a failure: here, or after the hop if it comes from elsewhere. */
    @Override
    public void fail(Throwable cause) {
        failure = cause;
        if (options.failures().records(cause)) {
            active.run(); // whoever answers that observes the request anew
        }
        response.close();
        if (gate == null || hopEnded || hops.isWithin()) {
            answerFailure(cause);
            return;
        }
        try {
            eventLoop().execute(() -> hops.afterwards(() -> answerElsewhere(cause)));
        } catch (RejectedExecutionException ended) {
            answerFailure(cause); // the loop has ended, and with it the channel
        }
    }

    private void answerElsewhere(Throwable cause) {
        try {
            Schedulers.boundedElastic().schedule(() -> answerFailure(cause));
        } catch (RuntimeException full) {
            answerFailure(cause);
        }
    }

    private void answerFailure(Throwable cause) {
        if (passage.isEnded()) {
            return; // nobody waits for it any more
        }
        reset();
        new FailureAnswered(route, passage, response, subscriber(), this::failureAnswered)
                .begin(options.failures(), nativeRequest(), nativeResponse(), cause);
    }

    private void failureAnswered(Runnable end) {
        failureEnd = end;
        returnToLoop();
    }

    @Override
    protected void onLoop() {
        int finished = hops.takeFinished();
        deliver();
        if (finished > 0) {
            hops.end(finished);
            hopEnded = true;
            deliver();
            hops.runWaiting();
        }
        if (passage.isEnded()) {
            forgetLost();
        }
    }

    /** Writes what is due. A failure's answer is WebFlux's and written already: it only ends. */
    private void deliver() {
        if (givenUp && !passage.isEnded()) {
            refuse();
        }
        boolean due = body != null || file != null;
        if (failureEnd != null || (due && (!late || hops.isOver(hops.ticket())))) {
            end();
        }
    }

    private void end() {
        ByteBuf buffer = body;
        body = null;
        FileAnswer opened = file;
        file = null;
        Runnable answered = failureEnd;
        if (passage.isEnded()) {
            if (buffer != null) {
                buffer.release();
            }
            if (opened != null) {
                opened.close();
            }
            return;
        }
        if (buffer != null) {
            int status = nativeResponse().status().code();
            if (channel().isActive()) {
                BodySending.send(buffer, nativeRequest(), nativeResponse(), subscriber());
                record(status);
                passage.end();
            } else {
                drop(buffer);
            }
        } else if (opened != null) {
            boolean head = HttpMethod.HEAD.equals(nativeRequest().method());
            opened.send(nativeResponse(), head, new Sent(subscriber(), this::sent));
        } else if (answered != null) {
            sent();
            answered.run();
        }
    }

    /** The connection has gone before anybody said so. */
    private void drop(ByteBuf buffer) {
        buffer.release();
        record(RouteRecorder.STATUS_UNKNOWN);
        passage.endUnanswered();
        subscriber().onComplete();
    }

    /** The answer was written, of a file or a failure perhaps much later. */
    private void sent() {
        if (!passage.isEnded()) {
            record(nativeResponse().status().code());
            passage.end();
        }
    }

    private void record(int status) {
        active.run();
        Throwable cause = failure;
        if (cause == null || !options.failures().records(cause)) {
            long nanos = System.nanoTime() - startNanos;
            state.recorder().record(route, request.method(), status, cause, nanos);
        }
    }

    /** The deadline has passed and the client knows. On the event loop. */
    private void expired() {
        cancelled = true;
        record(HttpResponseStatus.SERVICE_UNAVAILABLE.code());
        forgetLost();
        response.cancelled();
    }

    /** The client hung up. On the event loop. */
    @Override
    public void cancel() {
        cancelled = true;
        if (!passage.isEnded()) {
            record(RouteRecorder.STATUS_UNKNOWN);
            passage.endUnanswered();
            response.cancelled();
        }
    }
}
