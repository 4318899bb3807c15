package io.fasterapi.netty;

import io.fasterapi.admission.Ending;
import io.fasterapi.admission.Refusals;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.codec.AnswerSizes;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.HandlerCore;
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
final class FrontExchange extends AbstractEarlyCall implements Answering {

    /*
     * What the handler brings is put into the slot. If that is a whole body, it is the answer,
     * whenever it comes. If not (a failure, a file, no body), or if the connection brings something
     * else meanwhile, the request goes on to Reactor Netty, and the exchange that the side door makes
     * of it takes the handler's place in the slot: what was there before is its outcome, what comes
     * later goes to it at once. So the handler is called once, and whatever is not a plain answer is
     * answered where it always was.
     */
    private static final System.Logger LOGGER = System.getLogger(SideDoorExchange.class.getName());

    private static final Object GONE = "gone";
    private static final Runnable NOT_ACTIVE = () -> {};

    private final RouteState state;
    private final DirectRequest request;
    private final DirectResponse response;
    private final DirectMeans means;
    private final long startNanos = System.nanoTime();
    private final AtomicReference<@Nullable Object> slot = new AtomicReference<>();
    private HttpResponseStatus status = HttpResponseStatus.OK;
    private @Nullable HttpHeaders headers;
    private PreparedAnswer.@Nullable Head head;
    private int length;
    private Runnable active = NOT_ACTIVE;

    /** Of what is in the slot; written before that, read after. */
    private boolean late;

    FrontExchange(
            RouteState state,
            Placement where,
            RequestPermit permit,
            DirectRequest request,
            Channel channel,
            DirectMeans means) {
        super(permit, request.all(), channel, means.workers(), state.placement(), where);
        this.state = state;
        this.request = request;
        this.response = new DirectResponse(this);
        this.means = means;
    }

    RouteState state() {
        return state;
    }

    RequestPermit takenPermit() {
        return permit();
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

    @Override
    public Object route() {
        return state.route();
    }

    @Override
    protected @Nullable HandlerCore shard() {
        return state.coreOf(request, workers().cores());
    }

    @Override
    protected void leaves() {
        active = state.recorder().active(state.route(), request.method());
    }

    @Override
    protected void handle() {
        response.handle(state.route(), request);
    }

    @Override
    protected void failed(Throwable cause) {
        response.failed(state.route(), cause);
    }

    @Override
    public void cancel() {
        release(slot.getAndSet(GONE));
        if (!permit().isEnded()) {
            record(RouteRecorder.STATUS_UNKNOWN);
            permit().end(Ending.GONE);
            response.cancelled();
        }
    }

    @Override
    protected void expired() {
        release(slot.getAndSet(GONE));
        record(HttpResponseStatus.SERVICE_UNAVAILABLE.code());
        response.cancelled();
    }

    @Override
    public boolean isUnderWay() {
        return slot.get() == null || !isDue(late);
    }

    /**
     * Returns whether the handler has given a plain answer, which needs nothing but a head, or the
     * exchange is refused.
     */
    @Override
    public boolean isAnswered() {
        return isRefused() || (isPlain() && isDue(late));
    }

    private boolean isPlain() {
        return slot.get() instanceof ByteBuf body
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
        if (isRefused()) {
            return refused();
        }
        state.tries().answered();
        ByteBuf body = Objects.requireNonNull((ByteBuf) slot.get(), "body");
        record(status.code());
        permit().end(Ending.ANSWERED);
        PreparedAnswer.Head prepared = head;
        return prepared == null
                ? new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, body, headers(), EmptyHttpHeaders.INSTANCE)
                : new PreparedAnswer(prepared, body);
    }

    private FullHttpResponse refused() {
        Refusals.Answer answer = workers().admission().refusals().of(permit().route());
        record(answer.status().code());
        permit().end(Ending.REFUSED);
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
        if (late) {
            eventLoop().execute(() -> forward(brought, other));
        } else if (hasLeft() && brought instanceof Throwable failure) {
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
        cancel();
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
            late = !isWithin();
        }
        Object before = slot.compareAndExchange(null, outcome);
        if (before == null) {
            came();
        } else if (before instanceof Answering other) {
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
        return channel().alloc();
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
