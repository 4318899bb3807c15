package io.fasterapi.spring.webflux.dispatch;

import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The response of an exchange on its event loop. It is Spring's own except for streams, whose
 * exceptions are signalled.
 */
public final class GuardedResponse extends OwnResponse {

    private final HttpServerResponse nativeResponse;

    private GuardedResponse(
            HttpServerResponse nativeResponse, NettyDataBufferFactory bufferFactory) {
        super(nativeResponse, bufferFactory);
        this.nativeResponse = nativeResponse;
    }

    /**
     * Returns a guarded response for Spring's own, if that is unused, and any other response as it
     * is.
     */
    public static ServerHttpResponse of(
            ServerHttpResponse response, HttpServerResponse nativeResponse) {
        return response instanceof AbstractServerHttpResponse own
                        && !(own instanceof OwnResponse)
                        && own.bufferFactory() instanceof NettyDataBufferFactory buffers
                ? new GuardedResponse(nativeResponse, buffers)
                : response;
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
        return body instanceof Mono<? extends DataBuffer> single
                ? new WholeBody(single, buffer -> WholeBody.send(buffer, nativeResponse))
                : nativeResponse.send(toByteBufs(body)).then();
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(
            Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return nativeResponse
                .sendGroups(
                        OwnResponse.<ByteBuf>inOrder(
                                new GuardedFlux<>(
                                        Flux.from(body).map(GuardedResponse::toByteBufs))))
                .then();
    }

    @Override
    public Mono<Void> writeWith(Path file, long position, long count) {
        return doCommit(() -> nativeResponse.sendFile(file, position, count).then());
    }

    private static Publisher<ByteBuf> toByteBufs(Publisher<? extends DataBuffer> buffers) {
        return buffers instanceof Mono
                ? Mono.from(buffers).map(NettyDataBufferFactory::toByteBuf)
                : new GuardedFlux<>(Flux.from(buffers).map(NettyDataBufferFactory::toByteBuf));
    }
}
