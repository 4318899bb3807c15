package io.fasterapi.spring.controller;

import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.ConstantBody;
import io.fasterapi.http.FastResponse;
import io.fasterapi.write.AnswerSizes;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * The answer of a compiled method to the response that its filters see. Belongs to one exchange;
 * only what compiled methods call is there.
 */
final class FilteredResponse implements BufferedResponse {

    private final ServerHttpResponse response;
    private final NettyDataBufferFactory buffers;
    private final AnswerSizes sizes;
    private boolean completes;
    private @Nullable Mono<Void> written;

    /**
     * Creates the response.
     *
     * @param completes whether an answer without a body is completed at once
     */
    FilteredResponse(
            ServerHttpResponse response,
            NettyDataBufferFactory buffers,
            AnswerSizes sizes,
            boolean completes) {
        this.response = response;
        this.buffers = buffers;
        this.sizes = sizes;
        this.completes = completes;
    }

    /** Returns what writes the response, once it has ended. */
    Mono<Void> written() {
        Mono<Void> result = written;
        if (result == null) {
            throw new IllegalStateException("response: not ended (expected: ended by the answer)");
        }
        return result;
    }

    @Override
    public FastResponse status(int code) {
        response.setStatusCode(HttpStatusCode.valueOf(code));
        return this;
    }

    /** Sets headers as WebFlux does, in place of those that a filter may have set. */
    void headers(HttpHeaders all) {
        if (!all.isEmpty()) {
            response.getHeaders().putAll(all);
        }
    }

    @Override
    public FastResponse header(CharSequence name, CharSequence value) {
        response.getHeaders().set(name.toString(), value.toString());
        completes |= AsciiString.contentEqualsIgnoreCase(name, HttpHeaders.CONTENT_LENGTH);
        return this;
    }

    @Override
    public FastResponse addHeader(CharSequence name, CharSequence value) {
        response.getHeaders().add(name.toString(), value.toString());
        return this;
    }

    @Override
    public ByteBuf allocate() {
        return buffers.getByteBufAllocator().directBuffer(sizes.expected());
    }

    @Override
    public void send(ByteBuf body) {
        sizes.answered(body.readableBytes());
        response.getHeaders().setContentLength(body.readableBytes());
        written = response.writeWith(Mono.just(buffers.wrap(body)));
    }

    /** As WebFlux: a missing value is written by a codec, no value at all is left to the server. */
    @Override
    public void end() {
        written = completes ? response.setComplete() : Mono.empty();
    }

    @Override
    public void onCancel(Runnable action) {
        throw unsupported();
    }

    @Override
    public void text(String body) {
        throw unsupported();
    }

    @Override
    public void bytes(byte[] body) {
        throw unsupported();
    }

    @Override
    public void json(Object value) {
        throw unsupported();
    }

    @Override
    public void write(Object value) {
        throw unsupported();
    }

    @Override
    public void constant(ConstantBody body) {
        throw unsupported();
    }

    @Override
    public void file(Path path) {
        throw unsupported();
    }

    @Override
    public void fail(Throwable failure) {
        throw unsupported();
    }

    @Override
    public FastResponse async() {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("a compiled method does not do that");
    }
}
