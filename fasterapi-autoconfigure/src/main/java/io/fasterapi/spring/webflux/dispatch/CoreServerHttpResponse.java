package io.fasterapi.spring.webflux.dispatch;

import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The response of an exchange on a core. A body of one buffer goes back in the core's completion
 * batch. Streams and files are Reactor Netty's; their demand and completion return to the core.
 */
final class CoreServerHttpResponse extends OwnResponse {

    private final CoreExchange exchange;
    private final CoreStreams streams;
    private final HttpServerResponse nativeResponse;

    CoreServerHttpResponse(
            CoreExchange exchange,
            CoreStreams streams,
            HttpServerResponse nativeResponse,
            NettyDataBufferFactory bufferFactory) {
        super(nativeResponse, bufferFactory);
        this.exchange = exchange;
        this.streams = streams;
        this.nativeResponse = nativeResponse;
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
        return body instanceof Mono<? extends DataBuffer> single
                ? new WholeBody(single, this::sendComplete)
                : streams.write(body);
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
        return streams.writeAndFlush(body);
    }

    @Override
    public Mono<Void> writeWith(Path file, long position, long count) {
        return doCommit(() -> streams.file(file, position, count));
    }
}
