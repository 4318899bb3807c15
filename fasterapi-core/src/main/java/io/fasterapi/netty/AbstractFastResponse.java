package io.fasterapi.netty;

import io.fasterapi.codec.BodyWriter;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.http.ConstantBody;
import io.fasterapi.http.FastResponse;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What all responses of direct routes have in common: they end once, and the application's writers
 * encode their bodies. One thread at a time.
 */
public abstract class AbstractFastResponse implements FastResponse {

    private boolean async;
    private boolean ended;

    /** Tells whether the response has ended. */
    public final boolean ended() {
        return ended;
    }

    /** Tells whether the response ends after its handler has returned. */
    public final boolean isAsync() {
        return async;
    }

    /** Lets nothing more be sent. */
    protected final void close() {
        ended = true;
    }

    /**
     * Has to be called first by whatever sets or sends something.
     *
     * @throws IllegalStateException if the response has ended
     */
    protected final void requireOpen() {
        if (ended) {
            throw new IllegalStateException("response: ended twice (expected: once)");
        }
    }

    /** Sets a status code, 200 to 599. */
    protected abstract void setStatus(int code);

    /** Returns the application's writers. */
    protected abstract BodyWriters writers();

    /** Encodes a value into a buffer that belongs to the caller. */
    protected abstract ByteBuf encode(BodyWriter<Object> writer, Object value);

    /** Ends with a body, of a type unless one was set; the buffer is the response's from now on. */
    protected abstract void send(ByteBuf body, CharSequence type);

    /** Ends with a failure. */
    protected abstract void failed(Throwable failure);

    @Override
    public final FastResponse status(int code) {
        requireOpen();
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("status: " + code + " (expected: 200 to 599)");
        }
        setStatus(code);
        return this;
    }

    @Override
    public final void text(String body) {
        send(writers().text(), body);
    }

    @Override
    public final void bytes(byte[] body) {
        send(writers().bytes(), body);
    }

    @Override
    public final void json(Object value) {
        send(writers().json(), value);
    }

    @Override
    public final void write(Object value) {
        if (value instanceof ConstantBody constant) {
            constant(constant);
        } else if (value instanceof Path path) {
            file(path);
        } else {
            Objects.requireNonNull(value, "value");
            send(writers().writerOf(value.getClass()), value);
        }
    }

    private void send(BodyWriter<Object> writer, Object value) {
        requireOpen();
        Objects.requireNonNull(value, "value");
        send(encode(writer, value), writer.contentType());
    }

    @Override
    public final void constant(ConstantBody body) {
        requireOpen();
        send(body.buffer(), body.contentType());
    }

    @Override
    public final void fail(Throwable failure) {
        requireOpen();
        failed(Objects.requireNonNull(failure, "failure"));
    }

    @Override
    public final FastResponse async() {
        requireOpen();
        async = true;
        return this;
    }
}
