package io.fasterapi.server;

import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.FastResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerResponse;

/** A direct route's view of Reactor Netty's response. One thread at a time. */
final class SideDoorResponse implements BufferedResponse {

    /** Written as Spring writes them, since some clients and all comparisons see the case. */
    static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");

    static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");

    private static final AsciiString TEXT = AsciiString.cached("text/plain;charset=UTF-8");
    private static final AsciiString BYTES = AsciiString.cached("application/octet-stream");
    private static final AsciiString JSON = AsciiString.cached("application/json");

    private final SideDoorExchange exchange;
    private final HttpServerResponse response;
    private boolean async;
    private boolean ended;

    /*
     * The loop may cancel while the handler's thread sets the action: each writes its own field and
     * then reads the other's, so at least one of them sees both.
     */
    private volatile @Nullable Runnable cancelAction;
    private volatile boolean cancelled;

    SideDoorResponse(SideDoorExchange exchange, HttpServerResponse response) {
        this.exchange = exchange;
        this.response = response;
    }

    boolean ended() {
        return ended;
    }

    boolean isAsync() {
        return async;
    }

    /** The client has hung up. On the event loop. */
    void cancelled() {
        cancelled = true;
        Runnable action = cancelAction;
        if (action != null) {
            action.run();
        }
    }

    /** Lets nothing more be sent. */
    void close() {
        ended = true;
    }

    @Override
    public FastResponse status(int code) {
        requireOpen();
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("status: " + code + " (expected: 200 to 599)");
        }
        response.status(code);
        return this;
    }

    @Override
    public FastResponse header(CharSequence name, CharSequence value) {
        requireOpen();
        response.responseHeaders().set(name, value);
        return this;
    }

    @Override
    public FastResponse addHeader(CharSequence name, CharSequence value) {
        requireOpen();
        response.responseHeaders().add(name, value);
        return this;
    }

    @Override
    public void text(String body) {
        requireOpen();
        Objects.requireNonNull(body, "body");
        ByteBuf buffer = response.alloc().directBuffer(ByteBufUtil.utf8MaxBytes(body));
        ByteBufUtil.writeUtf8(buffer, body);
        send(buffer, TEXT);
    }

    @Override
    public void bytes(byte[] body) {
        requireOpen();
        send(Unpooled.wrappedBuffer(body), BYTES);
    }

    @Override
    public void json(Object value) {
        requireOpen();
        Objects.requireNonNull(value, "value");
        ByteBuf buffer = allocate();
        try {
            exchange.json().write(value, buffer);
        } catch (RuntimeException | Error ex) {
            buffer.release();
            throw ex;
        }
        exchange.sizes().answered(buffer.readableBytes());
        send(buffer, JSON);
    }

    @Override
    public ByteBuf allocate() {
        return response.alloc().directBuffer(exchange.sizes().expected());
    }

    @Override
    public void send(ByteBuf body) {
        requireOpen();
        exchange.sizes().answered(body.readableBytes());
        send(body, BYTES);
    }

    @Override
    public void onCancel(Runnable action) {
        cancelAction = action;
        if (cancelled) {
            action.run();
        }
    }

    private void send(ByteBuf buffer, AsciiString defaultType) {
        HttpHeaders headers = response.responseHeaders();
        if (!headers.contains(CONTENT_TYPE)) {
            headers.set(CONTENT_TYPE, defaultType);
        }
        headers.setInt(CONTENT_LENGTH, buffer.readableBytes());
        ended = true;
        exchange.answer(buffer);
    }

    @Override
    public void end() {
        requireOpen();
        ended = true;
        exchange.answer(Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void fail(Throwable failure) {
        requireOpen();
        Objects.requireNonNull(failure, "failure");
        ended = true;
        exchange.fail(failure);
    }

    @Override
    public FastResponse async() {
        requireOpen();
        async = true;
        return this;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("response: ended already (expected: ended once)");
        }
    }
}
