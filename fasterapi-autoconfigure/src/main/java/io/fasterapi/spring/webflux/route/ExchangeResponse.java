package io.fasterapi.spring.webflux.route;

import io.fasterapi.codec.AnswerSizes;
import io.fasterapi.codec.BodyWriter;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.http.FastResponse;
import io.fasterapi.netty.AbstractFastResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A WebFlux response as the handler of a fast route sees it. One thread at a time uses it. */
final class ExchangeResponse extends AbstractFastResponse {

    /*
     * A body is encoded at once, into a buffer that WebFlux takes when it subscribes. If the client
     * has gone, WebFlux never subscribes. So the buffer waits in a cell. The first to empty the
     * cell, WebFlux or the end of the exchange, owns the buffer. After the end the cell accepts no
     * buffer.
     */
    private static final ByteBuf GONE = Unpooled.EMPTY_BUFFER;

    private static final int CHUNK_BYTES = 16 * 1024;

    private final boolean head;
    private final ServerHttpResponse response;
    private final BodyWriters writers;
    private final AnswerSizes sizes;
    private final Sinks.One<Mono<Void>> result = Sinks.one();
    private final AtomicReference<@Nullable ByteBuf> waiting = new AtomicReference<>();

    ExchangeResponse(ServerWebExchange exchange, BodyWriters writers, AnswerSizes sizes) {
        this.head = exchange.getRequest().getMethod() == HttpMethod.HEAD;
        this.response = exchange.getResponse();
        this.writers = writers;
        this.sizes = sizes;
    }

    /** Completes when the response is written. */
    Mono<Void> result() {
        return result.asMono().flatMap(written -> written).doFinally(signal -> abandon());
    }

    private void abandon() {
        ByteBuf buffer = waiting.getAndSet(GONE);
        if (buffer != null) {
            buffer.release();
        }
    }

    @Override
    protected void setStatus(int code) {
        response.setStatusCode(HttpStatusCode.valueOf(code));
    }

    @Override
    public FastResponse header(CharSequence name, CharSequence value) {
        requireOpen();
        response.getHeaders().set(name.toString(), value.toString());
        return this;
    }

    @Override
    public FastResponse addHeader(CharSequence name, CharSequence value) {
        requireOpen();
        response.getHeaders().add(name.toString(), value.toString());
        return this;
    }

    @Override
    protected BodyWriters writers() {
        return writers;
    }

    @Override
    protected ByteBuf encode(BodyWriter<Object> writer, Object value) {
        ByteBufAllocator allocator =
                response.bufferFactory() instanceof NettyDataBufferFactory netty
                        ? netty.getByteBufAllocator()
                        : UnpooledByteBufAllocator.DEFAULT;
        return BodyWriters.encode(writer, value, allocator, sizes);
    }

    @Override
    protected void send(ByteBuf buffer, CharSequence type) {
        defaultType(type);
        // A HEAD request has no other source of the length.
        response.getHeaders().setContentLength(buffer.readableBytes());
        if (!waiting.compareAndSet(null, buffer)) {
            buffer.release();
        }
        finish(response.writeWith(Mono.fromSupplier(this::take)));
    }

    private @Nullable DataBuffer take() {
        ByteBuf buffer = waiting.getAndSet(GONE);
        if (buffer == null || buffer == GONE) {
            return null;
        }
        if (response.bufferFactory() instanceof NettyDataBufferFactory netty) {
            return netty.wrap(buffer);
        }
        byte[] copy = ByteBufUtil.getBytes(buffer);
        buffer.release();
        return response.bufferFactory().wrap(copy);
    }

    private void defaultType(CharSequence type) {
        if (!response.getHeaders().containsHeader(HttpHeaders.CONTENT_TYPE)) {
            response.getHeaders().set(HttpHeaders.CONTENT_TYPE, type.toString());
        }
    }

    @Override
    public void file(Path path) {
        requireOpen();
        finish(Mono.defer(() -> length(path)).flatMap(length -> send(path, length)));
    }

    /** Reads the length of the file on a thread that may block. */
    private static Mono<Long> length(Path path) {
        Mono<Long> length = Mono.fromCallable(() -> lengthOf(path));
        return HandlerCore.current() != null || !Schedulers.isInNonBlockingThread()
                ? length
                : length.subscribeOn(Schedulers.boundedElastic());
    }

    private static long lengthOf(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new NoSuchFileException(path.toString(), null, "not a regular file");
        }
        if (!Files.isReadable(path)) {
            throw new AccessDeniedException(path.toString());
        }
        return Files.size(path);
    }

    private Mono<Void> send(Path path, long length) {
        defaultType(writers.fileType(path));
        response.getHeaders().setContentLength(length);
        if (head || length == 0) {
            return response.setComplete();
        }
        if (response instanceof ZeroCopyHttpOutputMessage copying) {
            return copying.writeWith(path, 0, length);
        }
        return response.writeWith(
                DataBufferUtils.read(path, response.bufferFactory(), CHUNK_BYTES));
    }

    @Override
    public void end() {
        requireOpen();
        finish(response.setComplete());
    }

    @Override
    protected void failed(Throwable failure) {
        finish(Mono.error(failure));
    }

    private void finish(Mono<Void> written) {
        close();
        result.emitValue(written, Sinks.EmitFailureHandler.FAIL_FAST);
    }
}
