package io.fasterapi.spring.webflux;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** The request as Spring made it, with its body arriving on the exchange's core. */
final class CoreServerHttpRequest extends ServerHttpRequestDecorator {

    private final HandlerCore core;
    private final HandlerCores cores;

    CoreServerHttpRequest(ServerHttpRequest delegate, HandlerCore core, HandlerCores cores) {
        super(delegate);
        this.core = core;
        this.cores = cores;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return new CoreFlux<>(super.getBody(), core, cores, DataBufferUtils::release);
    }
}
