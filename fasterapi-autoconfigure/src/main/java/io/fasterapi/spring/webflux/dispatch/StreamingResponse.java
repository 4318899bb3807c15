package io.fasterapi.spring.webflux.dispatch;

import java.nio.file.Path;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The response as WebFlux sees it: streams keep the order of elements and failures. */
final class StreamingResponse extends ServerHttpResponseDecorator
        implements ZeroCopyHttpOutputMessage {

    private final CoreServerHttpResponse response;

    StreamingResponse(CoreServerHttpResponse response) {
        super(response);
        this.response = response;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return body instanceof Mono
                ? response.writeWith(body)
                : response.writeWith(new DelayErrorUntilDemandFlux<>(Flux.from(body)));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return response.writeAndFlushWith(new DelayErrorUntilDemandFlux<>(Flux.from(body)));
    }

    @Override
    public Mono<Void> writeWith(Path file, long position, long count) {
        return response.writeWith(file, position, count);
    }
}
