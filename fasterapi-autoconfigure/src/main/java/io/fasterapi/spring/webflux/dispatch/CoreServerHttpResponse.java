package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.stream.FirstAheadFlux;
import io.fasterapi.stream.PublishOnEventLoopFlux;
import io.fasterapi.stream.PublishOnWorkerFlux;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.channel.AbortedException;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The response of an exchange on a core. A body of one buffer goes back in the core's completion
 * batch. Streams and files are Reactor Netty's; their demand and completion return to the core.
 */
final class CoreServerHttpResponse extends OwnResponse {

    /** Ends a group of a stream. Reactor Netty writes nothing for this buffer. */
    private static final ByteBuf FLUSH = Unpooled.EMPTY_BUFFER;

    private final CoreExchange exchange;
    private final CoreTarget target;
    private final HttpServerResponse nativeResponse;

    CoreServerHttpResponse(
            CoreExchange exchange,
            CoreTarget target,
            HttpServerResponse nativeResponse,
            NettyDataBufferFactory bufferFactory) {
        super(nativeResponse, bufferFactory);
        this.exchange = exchange;
        this.target = target;
        this.nativeResponse = nativeResponse;
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
        if (body instanceof Mono<? extends DataBuffer> single) {
            return new WholeBody(single, this::sendComplete);
        }
        FirstAheadFlux<DataBuffer> source = new FirstAheadFlux<>(body, DataBufferUtils::release);
        PublishOnEventLoopFlux<DataBuffer> buffers = madeOnCore(source, DataBufferUtils::release);
        return streamed(source, buffers, nativeResponse.send(buffers.map(this::toByteBuf)));
    }

    private Mono<Void> sendComplete(ByteBuf buffer) {
        if (!((ChannelOperations<?, ?>) nativeResponse).channel().isActive()) {
            buffer.release();
            return Mono.error(AbortedException.beforeSend());
        }
        exchange.send(buffer);
        return Mono.empty();
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(
            Publisher<? extends Publisher<? extends DataBuffer>> body) {
        /*
         * This does what sendGroups does, but on the core, because WebFlux serialises an event when
         * its group is subscribed to. No group is fetched ahead, because concatMap would lose it.
         */
        FirstAheadFlux<Publisher<? extends DataBuffer>> source =
                new FirstAheadFlux<>(body, unsubscribed -> {});
        PublishOnEventLoopFlux<ByteBuf> buffers =
                madeOnCore(
                        OwnResponse.<DataBuffer>inOrder(source).concatMap(this::toGroup, 0),
                        ByteBuf::release);
        return streamed(source, buffers, nativeResponse.send(buffers, buffer -> buffer == FLUSH));
    }

    /** Writes when it is subscribed to, which is when the response is committed. */
    private Mono<Void> streamed(
            FirstAheadFlux<?> source, PublishOnEventLoopFlux<?> buffers, NettyOutbound written) {
        return Mono.defer(
                () -> {
                    source.open();
                    return backOnCore(written.then()).doFinally(signal -> buffers.abandon());
                });
    }

    @Override
    public Mono<Void> writeWith(Path file, long position, long count) {
        return doCommit(() -> backOnCore(nativeResponse.sendFile(file, position, count).then()));
    }

    private Publisher<ByteBuf> toGroup(Publisher<? extends DataBuffer> buffers) {
        return Flux.<DataBuffer>from(buffers).map(this::toByteBuf).concatWith(Mono.just(FLUSH));
    }

    private ByteBuf toByteBuf(DataBuffer buffer) {
        return NettyDataBufferFactory.toByteBuf(buffer);
    }

    /**
     * Makes elements on the core, those requested later by Reactor Netty included. If Reactor
     * propagates context into threads, the application's context is there.
     */
    private <T> PublishOnEventLoopFlux<T> madeOnCore(
            Flux<? extends T> source, Consumer<? super T> release) {
        Flux<? extends T> within = source.contextWrite(context -> context);
        return new PublishOnEventLoopFlux<T>(within, exchange.eventLoop(), target, release);
    }

    private Mono<Void> backOnCore(Mono<Void> written) {
        return PublishOnWorkerFlux.ofWrite(written, target).then();
    }
}
