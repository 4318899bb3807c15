package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.stream.PublishOnWorkerFlux;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;

/** Spring's request with a body that arrives on the exchange's core. */
final class CoreServerHttpRequest extends OwnRequest {

    private final CoreTarget target;

    CoreServerHttpRequest(ServerHttpRequest original, CoreTarget target) {
        super(original);
        this.target = target;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return new PublishOnWorkerFlux<>(original().getBody(), target, DataBufferUtils::release);
    }
}
