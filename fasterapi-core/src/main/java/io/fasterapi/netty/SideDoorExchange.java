package io.fasterapi.netty;

import io.fasterapi.admission.Ending;
import io.fasterapi.admission.Refusals;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.codec.AnswerSizes;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.CoreTask;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.Worker;
import io.fasterapi.http.BodyTooLargeException;
import io.fasterapi.log.SafeLog;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.RouteRecorder;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request of a direct route at Reactor Netty, begun and ended on its event loop. The handler
 * runs where its placement says; what a core answers is written before the gate lets more pass.
 */
final class SideDoorExchange extends NativeExchange implements CoreTask, BodyCollector.Outcome {

    private static final System.Logger LOGGER = System.getLogger(SideDoorExchange.class.getName());

    private final DirectRequest request;
    private final DirectResponse response;
    private final Workers workers;
    private final SideDoorOptions options;
    private final @Nullable FrontExchange front;
    private final Recording recording;
    private volatile @Nullable ByteBuf body;
    private volatile @Nullable FileAnswer file;
    private volatile boolean failureAnswered;
    private volatile @Nullable Throwable unanswered;
    private @Nullable Throwable failed;
    private final Hops hops = new Hops();
    private final Runnable lost = this::cancel;
    private @Nullable InboundGate gate;
    private volatile boolean late;
    private volatile boolean hopFinished;
    private volatile boolean hopEnded;
    private volatile boolean givenUp;
    private boolean ordered;

    SideDoorExchange(
            RouteState state,
            RequestPermit permit,
            DirectRequest request,
            HttpServerResponse response,
            Workers workers,
            SideDoorOptions options) {
        super(response, state, permit);
        this.request = request;
        this.response = new DirectResponse(this);
        this.workers = workers;
        this.options = options;
        this.front = null;
        this.recording = new Recording(state, request.method(), System.nanoTime());
    }

    /** Goes on with what began at the front door and did not end there. */
    SideDoorExchange(
            FrontExchange begun,
            HttpServerResponse response,
            Workers workers,
            SideDoorOptions options) {
        super(response, begun.state(), begun.takenPermit());
        this.request = begun.request();
        this.response = begun.response();
        this.workers = workers;
        this.options = options;
        this.front = begun;
        this.recording = new Recording(state, request.method(), begun.startNanos());
        this.recording.isActive(begun.active());
    }

    void begin(CoreSubscriber<? super Void> subscriber) {
        subscribed(subscriber);
        FrontExchange begun = front;
        boolean admitted = begun != null || permit.begin();
        subscriber.onSubscribe(this);
        if (!admitted) {
            refuse();
            return;
        }
        Expiry.await(permit, nativeResponse(), this::expired);
        if (begun != null) {
            begun.goOn(this);
        } else {
            BodyCollector.collect(nativeRequest(), options.maxBodyBytes(), this);
        }
    }

    @Override
    public void body(byte[] bytes) {
        if (nativeResponse().hasSentHeaders()) {
            drop(); // it was malformed: Reactor Netty has answered
        } else {
            request.body(bytes);
            place();
        }
    }

    @Override
    public void noBody(Throwable cause) {
        if (permit.isEnded()) {
            return;
        }
        if (cause instanceof BodyTooLargeException) {
            fail(cause);
        } else {
            recording.ended(RouteRecorder.STATUS_UNKNOWN);
            permit.end(Ending.FAILED);
            ExchangeEnd.failed(nativeResponse(), subscriber(), cause);
        }
    }

    private void place() {
        Placement where = state.placement().now();
        if (where == Placement.INLINE) {
            if (!workers.admission().admitsInline(permit.route(), eventLoop())) {
                refuse();
            } else if (!permit.isOverdue()) {
                Workers.runInline(state.route(), state.placement(), this::invoke);
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
        recording.leavesLoop();
        hops.begin(gate); // first: what cannot be run any more may come back at once
        ordered = shard != null;
        if (!workers.dispatch(where, shard, permit.route(), this)) {
            hops.end(1);
            refuse();
        }
    }

    private void refuse() {
        Refusals.Answer answer = workers.admission().refusals().of(permit.route());
        recording.ended(answer.status().code());
        permit.end(Ending.REFUSED);
        forgetLost();
        Refusal.send(nativeResponse(), subscriber(), answer);
    }

    private void forgetLost() {
        if (gate != null) {
            gate.forget(lost);
        }
    }

    @Override
    public boolean isOrdered() {
        return ordered;
    }

    @Override
    public boolean giveUp() {
        givenUp = permit.giveUp();
        if (givenUp) {
            hopOver();
        }
        return givenUp;
    }

    @Override
    public void run(Worker worker) {
        hops.run();
        if (!permit.isOverdue()) { // else it is answered, or about to be
            state.placement().run(Workers.placeOf(worker), this::invoke);
        }
        hopOver();
    }

    /** The worker is done, once; the event loop learns of it, also at a second attempt. */
    private void hopOver() {
        if (!hopFinished) {
            hopFinished = true;
            hops.finish();
        }
        returnToLoop();
    }

    @Override
    public void abort(Throwable cause) {
        try {
            fail(cause);
        } finally {
            hopOver();
        }
    }

    private void invoke() {
        if (failed != null) {
            fail(failed);
        } else {
            response.handle(state.route(), request);
        }
    }

    @Override
    public void failOnWorker(Throwable cause) {
        failed = cause;
        place();
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
        late = !hops.isWithin(); // before it can be seen
        body = buffer;
        returnToLoop();
    }

    @Override
    public void answer(FileAnswer opened) {
        late = !hops.isWithin(); // before it can be seen
        file = opened;
        returnToLoop();
    }

    /** Lets the application answer a failure: here, or after the hop if it comes from elsewhere. */
    @Override
    public void fail(Throwable cause) {
        recording.failed(cause, options.failures());
        response.close();
        if (gate == null || hopEnded || hops.isWithin()) {
            answerFailure(cause);
            return;
        }
        hops.onTime(eventLoop(), () -> FailureAnswered.elsewhere(() -> answerFailure(cause)));
    }

    private void answerFailure(Throwable cause) {
        if (permit.isEnded()) {
            return; // nobody waits for it any more
        }
        reset();
        new FailureAnswered(state.route(), permit, response, this::failureAnswered)
                .begin(options.failures(), nativeRequest(), nativeResponse(), cause);
    }

    /** The application has answered, or has failed to: then Reactor Netty does. */
    private void failureAnswered(@Nullable Throwable unable) {
        unanswered = unable;
        failureAnswered = true;
        returnToLoop();
    }

    @Override
    protected void onLoop() {
        int finished = hops.takeFinished();
        deliverOrCut();
        if (finished > 0) {
            hops.end(finished);
            hopEnded = true;
            deliverOrCut();
            hops.runWaiting();
        }
        if (permit.isEnded()) {
            forgetLost();
        }
    }

    private void deliverOrCut() {
        try {
            deliver();
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER,
                    () ->
                            state.route()
                                    + ": its answer could not be written; the connection is closed",
                    ex);
            cancel();
            channel().close();
        }
    }

    /** Writes what is due. A failure's answer is WebFlux's and written already: it only ends. */
    private void deliver() {
        if (givenUp && !permit.isEnded()) {
            refuse();
        }
        boolean due = body != null || file != null;
        if (failureAnswered || (due && (!late || hops.isOver(hops.ticket())))) {
            end();
        }
    }

    private void end() {
        ByteBuf buffer = body;
        body = null;
        FileAnswer opened = file;
        file = null;
        if (permit.isEnded()) {
            if (buffer != null) {
                buffer.release();
            }
            if (opened != null) {
                opened.close();
            }
            return;
        }
        if (buffer != null) {
            if (channel().isActive()) {
                int status = nativeResponse().status().code();
                BodySending.send(buffer, nativeRequest(), nativeResponse(), subscriber());
                recording.ended(status);
                permit.end(Ending.ANSWERED);
            } else {
                buffer.release();
                drop();
            }
        } else if (opened != null) {
            boolean head = HttpMethod.HEAD.equals(nativeRequest().method());
            opened.send(
                    nativeResponse(), head, new Sent(nativeResponse(), subscriber(), this::sent));
        } else if (failureAnswered) {
            endFailed();
        }
    }

    private void endFailed() {
        Throwable unable = unanswered;
        if (unable != null && !nativeResponse().hasSentHeaders()) {
            reset();
            status(HttpResponseStatus.INTERNAL_SERVER_ERROR.code());
            unable = null;
        }
        recording.ended(nativeResponse().status().code());
        permit.end(unanswered == null ? Ending.ANSWERED : Ending.FAILED);
        if (unable == null) {
            ExchangeEnd.answered(nativeResponse(), subscriber());
        } else {
            ExchangeEnd.failed(nativeResponse(), subscriber(), unable); // half an answer: a cut
        }
    }

    /** Nobody waits for its answer, and nobody has said so. */
    private void drop() {
        recording.ended(RouteRecorder.STATUS_UNKNOWN);
        permit.end(Ending.GONE);
        ExchangeEnd.answered(nativeResponse(), subscriber());
    }

    /** The answer was written, of a file or a failure perhaps much later. */
    private void sent(Ending how) {
        if (!permit.isEnded()) {
            recording.ended(nativeResponse().status().code());
            permit.end(how);
        }
    }

    /** The deadline has passed and the client knows. On the event loop. */
    private void expired() {
        recording.ended(HttpResponseStatus.SERVICE_UNAVAILABLE.code());
        forgetLost();
        response.cancelled();
    }

    /** The client hung up. On the event loop. */
    @Override
    public void cancel() {
        if (!permit.isEnded()) {
            recording.ended(RouteRecorder.STATUS_UNKNOWN);
            permit.end(Ending.GONE);
            response.cancelled();
        }
    }
}
