package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.dispatch.OwnRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;

/** A request whose body was read already, or could not be read. Belongs to one exchange. */
final class ReplayedRequest extends OwnRequest {

    private static final byte[] NO_BODY = {};

    private final byte[] body;
    private final @Nullable Throwable failure;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    private ReplayedRequest(ServerHttpRequest original, byte[] body, @Nullable Throwable failure) {
        super(original);
        this.body = body;
        this.failure = failure;
    }

    static ReplayedRequest of(ServerHttpRequest original, byte[] body) {
        return new ReplayedRequest(original, body, null);
    }

    static ReplayedRequest failed(ServerHttpRequest original, Throwable failure) {
        return new ReplayedRequest(original, NO_BODY, failure);
    }

    boolean isWhole() {
        return failure == null;
    }

    byte[] bytes() {
        return body;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.defer(this::once);
    }

    private Flux<DataBuffer> once() {
        if (!subscribed.compareAndSet(false, true)) {
            return Flux.error(new IllegalStateException("body: subscribed twice (expected: once)"));
        }
        Throwable cause = failure;
        return cause == null
                ? Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body))
                : Flux.error(cause);
    }
}
