package io.fasterapi.spring.webflux;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session whose messages arrive on a core and whose outgoing messages are made there. */
final class CoreWebSocketSession implements WebSocketSession {

    private final WebSocketSession delegate;
    private final HandlerCore core;
    private final HandlerCores cores;

    CoreWebSocketSession(WebSocketSession delegate, HandlerCore core, HandlerCores cores) {
        this.delegate = delegate;
        this.core = core;
        this.cores = cores;
    }

    @Override
    public Flux<WebSocketMessage> receive() {
        return new CoreFlux<>(delegate.receive(), core, cores, WebSocketMessage::release);
    }

    @Override
    public Mono<Void> send(Publisher<WebSocketMessage> messages) {
        Flux<WebSocketMessage> onCore = Flux.from(messages).subscribeOn(core.scheduler());
        return delegate.send(onCore).publishOn(core.scheduler());
    }

    @Override
    public Mono<Void> close(CloseStatus status) {
        return delegate.close(status).publishOn(core.scheduler());
    }

    @Override
    public Mono<CloseStatus> closeStatus() {
        return delegate.closeStatus().publishOn(core.scheduler());
    }

    @Override
    public String getId() {
        return delegate.getId();
    }

    @Override
    public HandshakeInfo getHandshakeInfo() {
        return delegate.getHandshakeInfo();
    }

    @Override
    public DataBufferFactory bufferFactory() {
        return delegate.bufferFactory();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return delegate.getAttributes();
    }

    @Override
    public boolean isOpen() {
        return delegate.isOpen();
    }

    @Override
    public WebSocketMessage textMessage(String payload) {
        return delegate.textMessage(payload);
    }

    @Override
    public WebSocketMessage binaryMessage(Function<DataBufferFactory, DataBuffer> payload) {
        return delegate.binaryMessage(payload);
    }

    @Override
    public WebSocketMessage pingMessage(Function<DataBufferFactory, DataBuffer> payload) {
        return delegate.pingMessage(payload);
    }

    @Override
    public WebSocketMessage pongMessage(Function<DataBufferFactory, DataBuffer> payload) {
        return delegate.pongMessage(payload);
    }
}
