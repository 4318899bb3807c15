package io.fasterapi.spring.webflux.dispatch;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;

/** A request on its event loop with a guarded body. Any method may have a body. */
final class GuardedRequest extends OwnRequest {

    GuardedRequest(ServerHttpRequest original) {
        super(original);
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return new GuardedBody(original().getBody());
    }
}
