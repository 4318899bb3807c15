package io.fasterapi.server;

import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.ConstantBody;
import io.fasterapi.http.FastResponse;
import io.fasterapi.write.BodyWriter;
import io.fasterapi.write.BodyWriters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A direct route's view of its response. One thread at a time. */
final class DirectResponse implements BufferedResponse {

    /** Written as Spring writes them, since some clients and all comparisons see the case. */
    static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");

    static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");

    private final Answering exchange;
    private boolean async;
    private boolean ended;

    /*
     * The loop may cancel while the handler's thread sets the action: each writes its own field and
     * then reads the other's, so at least one of them sees both.
     */
    private volatile @Nullable Runnable cancelAction;
    private volatile boolean cancelled;

    DirectResponse(Answering exchange) {
        this.exchange = exchange;
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
        exchange.status(code);
        return this;
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
    public void text(String body) {
        send(exchange.writers().text(), body);
    }

    @Override
    public void bytes(byte[] body) {
        send(exchange.writers().bytes(), body);
    }

    @Override
    public void json(Object value) {
        send(exchange.writers().json(), value);
    }

    @Override
    public void write(Object value) {
        if (value instanceof ConstantBody constant) {
            constant(constant);
        } else if (value instanceof Path path) {
            file(path);
        } else {
            Objects.requireNonNull(value, "value");
            send(exchange.writers().writerOf(value.getClass()), value);
        }
    }

    @Override
    public void constant(ConstantBody body) {
        requireOpen();
        send(body.buffer(), body.contentType());
    }

    @Override
    public void file(Path path) {
        requireOpen();
        defaultType(exchange.writers().fileType(path));
        ended = true;
        exchange.answer(path);
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

    @Override
    public void onCancel(Runnable action) {
        cancelAction = action;
        if (cancelled) {
            action.run();
        }
    }

    private void send(BodyWriter<Object> writer, Object value) {
        requireOpen();
        Objects.requireNonNull(value, "value");
        ByteBuf buffer = BodyWriters.encode(writer, value, exchange.alloc(), exchange.sizes());
        send(buffer, writer.contentType());
    }

    private void send(ByteBuf buffer, CharSequence type) {
        defaultType(type);
        exchange.headers().setInt(CONTENT_LENGTH, buffer.readableBytes());
        ended = true;
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
