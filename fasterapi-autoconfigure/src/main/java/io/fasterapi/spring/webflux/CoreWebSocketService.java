package io.fasterapi.spring.webflux;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.ChannelOperations;

/**
 * WebSockets on the cores: the handshake, which rebuilds the pipeline, is done on the connection's
 * event loop; the handler runs on the core that took the request.
 */
public final class CoreWebSocketService implements WebSocketService {

    private final WebSocketService delegate;
    private final HandlerCores cores;

    public CoreWebSocketService(WebSocketService delegate, HandlerCores cores) {
        this.delegate = delegate;
        this.cores = cores;
    }

    @Override
    public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
        HandlerCore core = HandlerCore.current();
        Object response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        if (core == null || !(response instanceof ChannelOperations<?, ?> operations)) {
            return delegate.handleRequest(exchange, handler);
        }
        return Mono.defer(() -> delegate.handleRequest(exchange, onCore(handler, core)))
                .subscribeOn(Schedulers.fromExecutor(operations.channel().eventLoop()));
    }

    private WebSocketHandler onCore(WebSocketHandler handler, HandlerCore core) {
        return new WebSocketHandler() {
            @Override
            public java.util.List<String> getSubProtocols() {
                return handler.getSubProtocols();
            }

            @Override
            public Mono<Void> handle(
                    org.springframework.web.reactive.socket.WebSocketSession session) {
                return Mono.defer(
                                () ->
                                        handler.handle(
                                                new CoreWebSocketSession(session, core, cores)))
                        .subscribeOn(core.scheduler());
            }
        };
    }
}
