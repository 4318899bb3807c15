package io.fasterapi.netty;

import io.fasterapi.admission.Ending;
import io.fasterapi.admission.Refusals;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.codec.AnswerSizes;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.Worker;
import io.fasterapi.log.SafeLog;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.RouteRecorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One request of a direct route whose handler runs before Reactor Netty has seen it. Begun and
 * ended on the event loop; its handler runs there or on a worker, and may answer later from any
 * thread.
 */
final class FrontExchange implements EarlyCall, Runnable, Answering {

    /*
     * What the handler brings is put into the slot. If that is a whole body when the handler has
     * returned, it is the answer. If not (a failure, a file, no body, nothing yet), the request goes
     * on to Reactor Netty, and the exchange that the side door makes of it takes the handler's place
     * in the slot: what was there before is its outcome, what comes later goes to it at once. So the
     * handler is called once, and whatever is not a plain answer is answered where it always was.
     *
     * What comes from another thread than the one that runs the handler, or later, is never a plain
     * answer, however early it comes: it has to find read whatever had arrived on the connection
     * (see Hops), so it is a later task of the loop.
     */
    private static final System.Logger LOGGER = System.getLogger(SideDoorExchange.class.getName());

    private static final Object GONE = "gone";
    private static final Runnable NOT_ACTIVE = () -> {};

    private final RouteState state;
    private final RequestPermit permit;
    private final HttpRequest original;
    private final DirectRequest request;
    private final DirectResponse response;
    private final Channel channel;
    private final DirectMeans means;
    private final long startNanos = System.nanoTime();
    private final AtomicReference<@Nullable Object> slot = new AtomicReference<>();
    private HttpResponseStatus status = HttpResponseStatus.OK;
    private @Nullable HttpHeaders headers;
    private PreparedAnswer.@Nullable Head head;
    private int length;
    private boolean admitted;

    /** Whether another thread brought what is in the slot; written before that, read after. */
    private boolean elsewhere;

    /** The thread that runs the handler; only that one can find itself here. */
    private @Nullable Thread running;

    private boolean away;
    private boolean left;
    private volatile boolean givenUp;
    private Runnable active = NOT_ACTIVE;

    FrontExchange(
            RouteState state,
            RequestPermit permit,
            HttpRequest original,
            DirectRequest request,
            Channel channel,
            DirectMeans means) {
        this.state = state;
        this.permit = permit;
        this.original = original;
        this.request = request;
        this.response = new DirectResponse(this);
        this.channel = channel;
        this.means = means;
    }

    RouteState state() {
        return state;
    }

    RequestPermit permit() {
        return permit;
    }

    DirectRequest request() {
        return request;
    }

    DirectResponse response() {
        return response;
    }

    long startNanos() {
        return startNanos;
    }

    /** Returns what ends that it is active. */
    Runnable active() {
        return active;
    }

    boolean isAdmitted() {
        return admitted;
    }

    @Override
    public boolean isOf(HttpHeaders others) {
        return original.headers() == others;
    }

    /** Counts the exchange in and calls the handler, or has it called. */
    @Override
    public void begin(Onward onward) {
        admitted = permit.begin();
        if (!admitted) {
            return;
        }
        Placement where = state.placement().now();
        try {
            if (where == Placement.INLINE) {
                Workers.runInline(state.route(), state.placement(), this);
            } else {
                leave(where, onward);
            }
        } catch (Throwable ex) { // not the handler's
            response.failed(state.route(), ex);
        }
    }

    private void leave(Placement where, Onward onward) {
        HandlerCore shard = state.coreOf(request, means.workers().cores());
        EarlyHop hop = new EarlyHop(this, onward, shard != null, channel.eventLoop());
        active = state.recorder().active(state.route(), request.method());
        away = true;
        left = true;
        onward.leaves(); // first: what cannot be run any more may come back at once
        boolean accepted = false;
        try {
            accepted = means.workers().dispatch(where, shard, permit.route(), hop);
        } finally {
            if (!accepted) {
                away = false;
            }
        }
        givenUp = !accepted;
    }

    /** Calls the handler on a worker. */
    void run(Worker worker) {
        state.placement().run(Workers.placeOf(worker), this);
    }

    /** Calls the handler. */
    @Override
    public void run() {
        running = Thread.currentThread();
        try {
            response.handle(state.route(), request);
        } finally {
            running = null;
        }
    }

    /** It has waited too long for a worker; false if its route's requests are never refused. */
    boolean giveUp() {
        boolean refused = permit.giveUp();
        givenUp = refused;
        return refused;
    }

    /** The worker could not run it, or failed around it. */
    void aborted(Throwable cause) {
        response.failed(state.route(), cause);
    }

    /** The worker is done with it: true once, unless it had not left. On the event loop. */
    boolean back() {
        boolean back = away;
        away = false;
        return back;
    }

    @Override
    public boolean isAway() {
        return away;
    }

    @Override
    public void cancel() {
        release(slot.getAndSet(GONE));
        if (!permit.isEnded()) {
            record(RouteRecorder.STATUS_UNKNOWN);
            permit.end(Ending.GONE);
            response.cancelled();
        }
    }

    /**
     * Returns whether the handler has given a plain answer, which needs nothing but a head, or the
     * exchange is refused.
     */
    @Override
    public boolean isAnswered() {
        return givenUp || isPlain();
    }

    private boolean isPlain() {
        return slot.get() instanceof ByteBuf body
                && !elsewhere
                && body != Unpooled.EMPTY_BUFFER
                && PlainAnswer.mayHaveBody(status)
                && (head != null || isPlain(headers()));
    }

    private boolean isPlain(HttpHeaders said) {
        return !said.contains(HttpHeaderNames.CONNECTION)
                && (response.isChunked() || !said.contains(HttpHeaderNames.TRANSFER_ENCODING));
    }

    @Override
    public FullHttpResponse end() {
        if (givenUp) {
            return refused();
        }
        state.tries().answered();
        ByteBuf body = Objects.requireNonNull((ByteBuf) slot.get(), "body");
        record(status.code());
        permit.end(Ending.ANSWERED);
        PreparedAnswer.Head prepared = head;
        return prepared == null
                ? new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, body, headers(), EmptyHttpHeaders.INSTANCE)
                : new PreparedAnswer(prepared, body);
    }

    @Override
    public boolean isRefused() {
        return givenUp;
    }

    private FullHttpResponse refused() {
        Refusals.Answer answer = means.workers().admission().refusals().of(permit.route());
        record(answer.status().code());
        permit.end(Ending.REFUSED);
        return answer.whole();
    }

    /**
     * Lets another exchange end this one: with what the handler brought, or will bring. A failure
     * on a worker is answered there: the application does that, perhaps by its handler.
     */
    void goOn(Answering other) {
        state.tries().passed();
        Object brought = slot.compareAndExchange(null, other);
        if (brought == null) {
            return;
        }
        if (elsewhere) {
            channel.eventLoop().execute(() -> forward(brought, other));
        } else if (left && brought instanceof Throwable failure) {
            other.failOnWorker(failure);
        } else {
            forward(brought, other);
        }
    }

    @Override
    public void abandon() {
        SafeLog.error(
                LOGGER,
                () -> state.route() + ": an early request of this route ended without an answer",
                null);
        release(slot.get());
        record(RouteRecorder.STATUS_UNKNOWN);
        permit.end(Ending.GONE);
    }

    private static void release(@Nullable Object outcome) {
        if (outcome instanceof ByteBuf body) {
            body.release();
        } else if (outcome instanceof FileAnswer file) {
            file.close();
        }
    }

    private void record(int code) {
        active.run();
        long nanos = System.nanoTime() - startNanos;
        state.recorder().record(state.route(), request.method(), code, null, nanos);
    }

    private void bring(Object outcome) {
        if (slot.get() == null) {
            elsewhere = running != Thread.currentThread();
        }
        Object before = slot.compareAndExchange(null, outcome);
        if (before instanceof Answering other) {
            forward(outcome, other);
        } else if (before == GONE) {
            release(outcome);
        }
    }

    private void forward(Object outcome, Answering other) {
        if (outcome instanceof Throwable failure) {
            other.fail(failure);
            return;
        }
        other.status(status.code());
        HttpHeaders target = other.headers();
        HttpHeaders said = headers();
        said.names().forEach(name -> target.set(name, said.getAll(name)));
        if (outcome instanceof FileAnswer file) {
            other.answer(file);
        } else {
            other.answer((ByteBuf) outcome);
        }
    }

    @Override
    public void status(int code) {
        status = HttpResponseStatus.valueOf(code);
    }

    @Override
    public HttpHeaders headers() {
        HttpHeaders said = headers;
        if (said == null) {
            said =
                    head == null
                            ? DefaultHttpHeadersFactory.headersFactory().newHeaders()
                            : head.headers(length);
            headers = said;
            head = null;
        }
        return said;
    }

    /** If nothing else is said, the head is one that was encoded before. */
    @Override
    public void describe(CharSequence type, int bytes) {
        if (headers == null && (type instanceof AsciiString || type instanceof String)) {
            head = state.lastHead().of(status, type);
            length = bytes;
        } else {
            Answering.super.describe(type, bytes);
        }
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel.alloc();
    }

    @Override
    public AnswerSizes sizes() {
        return state.sizes();
    }

    @Override
    public BodyWriters writers() {
        return means.writers();
    }

    @Override
    public void answer(ByteBuf body) {
        bring(body);
    }

    @Override
    public void answer(FileAnswer file) {
        bring(file);
    }

    @Override
    public void fail(Throwable failure) {
        response.close();
        bring(failure);
    }
}
