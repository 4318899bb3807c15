package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.stream.PublishOnEventLoopFlux;
import io.fasterapi.stream.PublishOnWorkerFlux;
import io.netty.channel.Channel;
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

/** A WebSocket session on a core: messages arrive there, and outgoing ones are made there. */
final class CoreWebSocketSession implements WebSocketSession {

    private final WebSocketSession delegate;
    private final Channel channel;
    private final CoreTarget target;

    CoreWebSocketSession(WebSocketSession delegate, Channel channel, CoreTarget target) {
        this.delegate = delegate;
        this.channel = channel;
        this.target = target;
    }

    @Override
    public Flux<WebSocketMessage> receive() {
        return new PublishOnWorkerFlux<>(
                CoreWebSocketInbound.of(delegate, channel),
                target,
                WebSocketMessage::release,
                WebSocketMessage::release);
    }

    @Override
    public Mono<Void> send(Publisher<WebSocketMessage> messages) {
        Flux<WebSocketMessage> made =
                new PublishOnEventLoopFlux<>(
                        Flux.from(messages),
                        channel.eventLoop(),
                        target,
                        WebSocketMessage::release);
        return backOnCore(delegate.send(made));
    }

    @Override
    public Mono<Void> close(CloseStatus status) {
        return backOnCore(delegate.close(status));
    }

    @Override
    public Mono<CloseStatus> closeStatus() {
        return backOnCore(delegate.closeStatus());
    }

    private <T> Mono<T> backOnCore(Mono<T> result) {
        return new PublishOnWorkerFlux<>(result.flux(), target, nothing -> {}).singleOrEmpty();
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
