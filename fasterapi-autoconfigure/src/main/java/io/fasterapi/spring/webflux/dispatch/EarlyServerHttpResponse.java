package io.fasterapi.spring.webflux.dispatch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.support.Netty4HeadersAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The response to a request that Reactor Netty has not seen. A body of one buffer is kept: with its
 * head it is the answer, if nothing else is left to do; so is the head alone if the response was
 * completed without a body. Whatever else is written is Reactor Netty's.
 */
final class EarlyServerHttpResponse extends AbstractServerHttpResponse
        implements ZeroCopyHttpOutputMessage {

    private final EarlyExchange exchange;
    private final HttpHeaders headers;
    private @Nullable ByteBuf kept;
    private boolean applied;
    private volatile boolean empty;
    private volatile @Nullable HttpServerResponse served;

    EarlyServerHttpResponse(EarlyExchange exchange, NettyDataBufferFactory buffers) {
        this(exchange, buffers, DefaultHttpHeadersFactory.headersFactory().newHeaders());
    }

    private EarlyServerHttpResponse(
            EarlyExchange exchange, NettyDataBufferFactory buffers, HttpHeaders headers) {
        super(buffers, new org.springframework.http.HttpHeaders(new Netty4HeadersAdapter(headers)));
        this.exchange = exchange;
        this.headers = headers;
        headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED); // as the other's
    }

    @Override
    public <T> T getNativeResponse() {
        @SuppressWarnings("unchecked")
        T response = (T) exchange.awaitServed().response();
        return response;
    }

    @Override
    public HttpStatusCode getStatusCode() {
        HttpStatusCode status = super.getStatusCode();
        HttpServerResponse known = served;
        if (status != null) {
            return status;
        }
        return known == null ? HttpStatus.OK : HttpStatusCode.valueOf(known.status().code());
    }

    @Override
    protected void applyStatusCode() {
        // With the cookies, which come last.
    }

    @Override
    protected void applyHeaders() {
        // With the cookies, which come last.
    }

    @Override
    protected void applyCookies() {
        HttpServerResponse known;
        if (exchange.isOnLoop()) { // where it is moved, too
            applied = true;
            known = served;
        } else {
            synchronized (this) {
                applied = true;
                known = served;
            }
        }
        if (known != null) {
            apply(known);
        }
    }

    private void apply(HttpServerResponse target) {
        HttpStatusCode status = super.getStatusCode();
        if (status != null) {
            target.status(status.value());
        }
        target.responseHeaders().set(headers);
        NettyCookies.add(getCookies(), target);
    }

    /** Goes on with Reactor Netty's response. On the event loop. */
    void moveTo(HttpServerResponse target) {
        boolean due;
        synchronized (this) {
            served = target;
            due = applied;
        }
        if (due) {
            apply(target);
        }
        ByteBuf body = kept;
        if (body != null) {
            kept = null;
            target.send(Mono.just(body)).subscribe(new Written());
        }
    }

    /** Gives up what was not sent. On the event loop. */
    void discard() {
        ByteBuf body = kept;
        if (body != null) {
            kept = null;
            body.release();
        }
    }

    @Override
    protected Mono<Void> doCommit(@Nullable Supplier<? extends Mono<Void>> writing) {
        if (writing == null && !isCommitted()) {
            empty = true;
        }
        return WholeBody.commit(writing, super::doCommit);
    }

    /** Returns whether the whole answer is here, and needs nothing but a head. */
    boolean isPlain() {
        ByteBuf body = kept;
        int code = getStatusCode().value();
        int bytes = body == null ? 0 : body.readableBytes();
        boolean whole = body == null ? empty && applied : bytes > 0 && mayHaveBody(code);
        return whole
                && code >= HttpResponseStatus.OK.code()
                && getCookies().isEmpty()
                && isLength(headers.getAll(HttpHeaderNames.CONTENT_LENGTH), bytes)
                && !headers.contains(HttpHeaderNames.CONNECTION);
    }

    private static boolean isLength(List<String> said, int bytes) {
        return said.isEmpty()
                ? bytes == 0
                : said.size() == 1 && said.get(0).equals(Integer.toString(bytes));
    }

    private static boolean mayHaveBody(int code) {
        return saysLength(code) && code != HttpResponseStatus.RESET_CONTENT.code();
    }

    /** Returns whether Reactor Netty says of an empty answer that it is. */
    private static boolean saysLength(int code) {
        return code != HttpResponseStatus.NO_CONTENT.code()
                && code != HttpResponseStatus.NOT_MODIFIED.code();
    }

    /** Returns the plain answer. */
    FullHttpResponse plain() {
        ByteBuf body = kept;
        kept = null;
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        HttpResponseStatus status = HttpResponseStatus.valueOf(getStatusCode().value());
        if (body == null
                && saysLength(status.code())
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                body == null ? Unpooled.EMPTY_BUFFER : body,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
        return body instanceof Mono<? extends DataBuffer> single
                ? new WholeBody(single, this::keep)
                : exchange.write(response -> response.send(toByteBufs(body)).then());
    }

    private Mono<Void> keep(ByteBuf buffer) {
        if (served == null && kept == null && exchange.isOnLoop()) {
            kept = buffer;
            return Mono.empty();
        }
        return Mono.create(
                sink ->
                        exchange.await(
                                there -> {
                                    if (there == null) { // nor will it be
                                        buffer.release();
                                        sink.success();
                                    } else {
                                        WholeBody.send(buffer, there.response(), sink);
                                    }
                                }));
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(
            Publisher<? extends Publisher<? extends DataBuffer>> body) {
        Flux<Publisher<ByteBuf>> groups = new GuardedFlux<>(Flux.from(body).map(this::toByteBufs));
        return exchange.write(response -> response.sendGroups(groups).then());
    }

    @Override
    public Mono<Void> writeWith(Path file, long position, long count) {
        return doCommit(() -> exchange.write(to -> to.sendFile(file, position, count).then()));
    }

    private Publisher<ByteBuf> toByteBufs(Publisher<? extends DataBuffer> buffers) {
        return buffers instanceof Mono<? extends DataBuffer> single
                ? single.map(NettyDataBufferFactory::toByteBuf)
                : new GuardedFlux<>(Flux.from(buffers).map(NettyDataBufferFactory::toByteBuf));
    }
}
