package io.fasterapi.netty;

import io.fasterapi.codec.BodyWriter;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.FastResponse;
import io.fasterapi.log.SafeLog;
import io.fasterapi.route.Route;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A direct route's view of its response. One thread at a time. */
final class DirectResponse extends AbstractFastResponse implements BufferedResponse {

    /** Written as Spring writes them, since some clients and all comparisons see the case. */
    static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");

    static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");

    private static final System.Logger LOGGER = System.getLogger(DirectResponse.class.getName());

    private final Answering exchange;
    private boolean chunked;

    /*
     * The loop may cancel while the handler's thread sets the action: each writes its own field and
     * then reads the other's, so at least one of them sees both.
     */
    private volatile @Nullable Runnable cancelAction;
    private volatile boolean cancelled;

    DirectResponse(Answering exchange) {
        this.exchange = exchange;
    }

    /** Calls a route's handler; if that does not answer, the exchange fails. */
    void handle(Route route, DirectRequest request) {
        try {
            route.handler().handle(request, this);
            if (!ended() && !isAsync()) {
                exchange.fail(
                        new IllegalStateException(
                                route
                                        + ": its handler returned without a response (expected: one of the methods that end it, or async)"));
            }
        } catch (Throwable ex) {
            failed(route, ex);
        }
    }

    /** Something failed while the handler was called. */
    void failed(Route route, Throwable cause) {
        if (ended()) {
            SafeLog.error(
                    LOGGER,
                    () -> route + ": its handler failed after it had ended the response",
                    cause);
        } else {
            exchange.fail(cause);
        }
    }

    boolean isChunked() {
        return chunked;
    }

    /** The client has hung up. On the event loop. */
    void cancelled() {
        cancelled = true;
        Runnable action = cancelAction;
        if (action != null) {
            try {
                action.run();
            } catch (Throwable ex) {
                SafeLog.error(LOGGER, () -> "the onCancel action of a fast route failed", ex);
            }
        }
    }

    @Override
    protected void setStatus(int code) {
        exchange.status(code);
    }

    @Override
    public FastResponse header(CharSequence name, CharSequence value) {
        requireOpen();
        exchange.headers().set(name, value);
        return this;
    }

    @Override
    public FastResponse addHeader(CharSequence name, CharSequence value) {
        requireOpen();
        exchange.headers().add(name, value);
        return this;
    }

    @Override
    protected BodyWriters writers() {
        return exchange.writers();
    }

    @Override
    public void file(Path path) {
        requireOpen();
        defaultType(exchange.writers().fileType(path));
        close();
        FileAnswer.open(path, exchange::answer, exchange::fail);
    }

    @Override
    public ByteBufAllocator alloc() {
        return exchange.alloc();
    }

    @Override
    public void send(ByteBuf body) {
        requireOpen();
        exchange.sizes().answered(body.readableBytes());
        send(body, exchange.writers().bytes().contentType());
    }

    /** Reactor Netty's head says so, until it is told a length. */
    @Override
    public void chunked() {
        requireOpen();
        chunked = true;
        if (!exchange.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            exchange.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
    }

    @Override
    public void onCancel(Runnable action) {
        cancelAction = action;
        if (cancelled) {
            action.run();
        }
    }

    @Override
    protected ByteBuf encode(BodyWriter<Object> writer, Object value) {
        return BodyWriters.encode(writer, value, exchange.alloc(), exchange.sizes());
    }

    @Override
    protected void send(ByteBuf buffer, CharSequence type) {
        if (chunked) {
            defaultType(type);
        } else {
            exchange.describe(type, buffer.readableBytes());
        }
        close();
        exchange.answer(buffer);
    }

    private void defaultType(CharSequence type) {
        HttpHeaders headers = exchange.headers();
        if (!headers.contains(CONTENT_TYPE)) {
            headers.set(CONTENT_TYPE, type);
        }
    }

    @Override
    public void end() {
        requireOpen();
        close();
        exchange.answer(Unpooled.EMPTY_BUFFER);
    }

    @Override
    protected void failed(Throwable failure) {
        close();
        exchange.fail(failure);
    }
}
