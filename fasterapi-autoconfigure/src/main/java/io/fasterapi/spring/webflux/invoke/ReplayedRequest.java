package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.dispatch.OwnRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;

/** A request whose body was read already. It belongs to one exchange. */
final class ReplayedRequest extends OwnRequest {

    private final byte[] body;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    ReplayedRequest(ServerHttpRequest original, byte[] body) {
        super(original);
        this.body = body;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.defer(
                () ->
                        subscribed.compareAndSet(false, true)
                                ? Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body))
                                : Flux.error(
                                        new IllegalStateException(
                                                "body: subscribed to twice (expected: once)")));
    }
}
