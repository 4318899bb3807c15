package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.stream.FirstAheadFlux;
import io.fasterapi.stream.PublishOnEventLoopFlux;
import io.fasterapi.stream.PublishOnWorkerFlux;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes the streams of an exchange on a core with Reactor Netty's response. They are made on the
 * core; their demand and completion return to it.
 *
 * @param target the core
 * @param eventLoop writes them
 * @param writer writes with Reactor Netty's response, as soon as that is there
 */
record CoreStreams(
        CoreTarget target,
        EventLoop eventLoop,
        Function<Function<HttpServerResponse, Mono<Void>>, Mono<Void>> writer) {

    /** Ends a group of a stream. Reactor Netty writes nothing for this buffer. */
    private static final ByteBuf FLUSH = Unpooled.EMPTY_BUFFER;

    /** Writes a body of several buffers. */
    Mono<Void> write(Publisher<? extends DataBuffer> body) {
        FirstAheadFlux<DataBuffer> source = new FirstAheadFlux<>(body, DataBufferUtils::release);
        PublishOnEventLoopFlux<DataBuffer> buffers = madeOnCore(source, DataBufferUtils::release);
        return streamed(
                source,
                buffers,
                to -> to.send(buffers.map(NettyDataBufferFactory::toByteBuf)).then());
    }

    /** Writes a body of groups, each of which is flushed. */
    Mono<Void> writeAndFlush(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        /*
         * This does what sendGroups does, but on the core, because WebFlux serialises an event when
         * its group is subscribed to. No group is fetched ahead, because concatMap would lose it.
         */
        FirstAheadFlux<Publisher<? extends DataBuffer>> source =
                new FirstAheadFlux<>(body, unsubscribed -> {});
        PublishOnEventLoopFlux<ByteBuf> buffers =
                madeOnCore(
                        OwnResponse.<DataBuffer>inOrder(source).concatMap(CoreStreams::toGroup, 0),
                        ByteBuf::release);
        return streamed(source, buffers, to -> to.send(buffers, buffer -> buffer == FLUSH).then());
    }

    /** Writes a part of a file. */
    Mono<Void> file(Path file, long position, long count) {
        return writer.apply(to -> backOnCore(to.sendFile(file, position, count).then()));
    }

    /** Begins the stream when the response is committed, and writes as soon as it can. */
    private Mono<Void> streamed(
            FirstAheadFlux<?> source,
            PublishOnEventLoopFlux<?> buffers,
            Function<HttpServerResponse, Mono<Void>> writing) {
        return Mono.defer(
                () -> {
                    source.open();
                    return writer.apply(to -> backOnCore(writing.apply(to)))
                            .doFinally(signal -> buffers.abandon());
                });
    }

    private static Publisher<ByteBuf> toGroup(Publisher<? extends DataBuffer> buffers) {
        return Flux.<DataBuffer>from(buffers)
                .map(NettyDataBufferFactory::toByteBuf)
                .concatWith(Mono.just(FLUSH));
    }

    /**
     * Makes elements on the core, those requested later by Reactor Netty included. If Reactor
     * propagates context into threads, the application's context is there.
     */
    private <T> PublishOnEventLoopFlux<T> madeOnCore(
            Flux<? extends T> source, Consumer<? super T> release) {
        Flux<? extends T> within = source.contextWrite(context -> context);
        return new PublishOnEventLoopFlux<T>(within, eventLoop, target, release);
    }

    private Mono<Void> backOnCore(Mono<Void> written) {
        return PublishOnWorkerFlux.ofWrite(written, target).then();
    }
}
