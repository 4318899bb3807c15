package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.stream.FirstAheadFlux;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.support.Netty4HeadersAdapter;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The response to a request that Reactor Netty has not seen. A body of one buffer is kept: with its
 * head it is the answer, if nothing else is left to do; so is the head alone if the response was
 * completed without a body. Whatever else is written is Reactor Netty's.
 */
final class EarlyServerHttpResponse extends AbstractServerHttpResponse
        implements ZeroCopyHttpOutputMessage {

    private static final long MOMENT_MILLIS = 5;

    private final EarlyExchange exchange;
    private final HttpHeaders headers;
    private volatile @Nullable ByteBuf kept;

    /** Of that body; written before it, read after. */
    private boolean bodyLate;

    // of the event loop
    private boolean awaited;
    private boolean lasting;

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
        NettyCookies.add(getCookies(), headers, exchange.channel());
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
    }

    /** Sends the body that waits, with Reactor Netty's response. On the event loop. */
    void send(HttpServerResponse target) {
        ByteBuf body = take();
        if (body != null) {
            WholeBody.send(body, target).subscribe(new Written());
        }
    }

    /** Gives up what was not sent; the exchange is over. On the event loop. */
    void discard() {
        ByteBuf body;
        synchronized (this) {
            body = take();
        }
        if (body != null) {
            body.release();
        }
    }

    private @Nullable ByteBuf take() {
        ByteBuf body = kept;
        kept = null;
        return body;
    }

    /** Returns whether the body was written later than in the first run, or elsewhere. */
    boolean isBodyLate() {
        return bodyLate;
    }

    /** Returns whether the chain goes on after the body was written. */
    boolean isLasting() {
        return kept != null && (!bodyLate || lasting);
    }

    /**
     * The end of the chain is not there. If its body is, another thread may be about to end it: it
     * has a moment for that, then the body is Reactor Netty's. On the event loop.
     */
    void awaitEnd() {
        if (kept != null && bodyLate && !awaited) {
            awaited = true;
            exchange.eventLoop().schedule(this::lasts, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void lasts() {
        lasting = true;
        exchange.returnToLoop();
    }

    /** Returns whether a body waits for the end of the chain. */
    boolean hasBody() {
        return kept != null;
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

    /** Returns Netty's headers behind Spring's. */
    HttpHeaders nativeHeaders() {
        return headers;
    }

    /** Returns the plain answer. */
    FullHttpResponse plain() {
        ByteBuf body = take();
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
        if (body instanceof Mono<? extends DataBuffer> single) {
            return new WholeBody(single, this::keep);
        }
        CoreStreams streams = exchange.streams();
        return streams == null
                ? ahead(body, DataBufferUtils::release, this::write)
                : streams.write(body);
    }

    private Mono<Void> write(Publisher<? extends DataBuffer> body) {
        return exchange.write(to -> to.send(toByteBufs(body)).then());
    }

    private Mono<Void> keep(ByteBuf buffer) {
        if (isKept(buffer)) {
            return new Mono<>() {
                @Override
                public void subscribe(CoreSubscriber<? super Void> actual) {
                    Operators.complete(actual);
                    exchange.wrote(); // after what follows at once
                }
            };
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

    private boolean isKept(ByteBuf buffer) {
        if (exchange.isOnLoop()) { // where it is moved, too
            return keepIfAlone(buffer);
        }
        synchronized (this) {
            return keepIfAlone(buffer);
        }
    }

    private boolean keepIfAlone(ByteBuf buffer) {
        if (served != null || kept != null || exchange.isOver()) {
            return false;
        }
        bodyLate = exchange.isElsewhere();
        kept = buffer;
        return true;
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(
            Publisher<? extends Publisher<? extends DataBuffer>> body) {
        CoreStreams streams = exchange.streams();
        return streams == null
                ? ahead(body, unsubscribed -> {}, this::writeAndFlush)
                : streams.writeAndFlush(body);
    }

    private Mono<Void> writeAndFlush(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        Flux<Publisher<ByteBuf>> groups = new GuardedFlux<>(Flux.from(body).map(this::toByteBufs));
        return exchange.write(to -> to.sendGroups(groups).then());
    }

    /**
     * Writes a stream, of which the first element is fetched when the response is committed:
     * Reactor Netty's response may not be there yet.
     */
    private <T> Mono<Void> ahead(
            Publisher<? extends T> body,
            Consumer<? super T> release,
            Function<? super Flux<T>, Mono<Void>> writing) {
        if (exchange.isOnLoop()) {
            return writing.apply(Flux.from(body));
        }
        FirstAheadFlux<T> source = new FirstAheadFlux<>(body, release);
        return Mono.defer(
                () -> {
                    source.open();
                    return writing.apply(source).doFinally(signal -> source.abandon());
                });
    }

    @Override
    public Mono<Void> writeWith(Path file, long position, long count) {
        CoreStreams streams = exchange.streams();
        return doCommit(
                () ->
                        streams == null
                                ? exchange.write(to -> to.sendFile(file, position, count).then())
                                : streams.file(file, position, count));
    }

    private Publisher<ByteBuf> toByteBufs(Publisher<? extends DataBuffer> buffers) {
        return buffers instanceof Mono<? extends DataBuffer> single
                ? single.map(NettyDataBufferFactory::toByteBuf)
                : new GuardedFlux<>(Flux.from(buffers).map(NettyDataBufferFactory::toByteBuf));
    }
}
