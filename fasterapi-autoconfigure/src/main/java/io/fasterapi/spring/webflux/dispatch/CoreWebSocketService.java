package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.netty.channel.Channel;
import java.util.List;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.ChannelOperations;

/**
 * Runs WebSocket handlers on cores. The handshake changes the pipeline, so it runs on the
 * connection's event loop. The handler runs on the core that took the request, or on any core.
 */
public final class CoreWebSocketService implements WebSocketService {

    private final WebSocketService delegate;
    private final HandlerCores cores;

    public CoreWebSocketService(WebSocketService delegate, HandlerCores cores) {
        this.delegate = delegate;
        this.cores = cores;
    }

    /** Returns an adapter that replaces WebFlux's and runs WebSocket handlers on cores. */
    public static WebSocketHandlerAdapter inPlaceOf(
            WebSocketHandlerAdapter stock, HandlerCores cores) {
        WebSocketHandlerAdapter adapter =
                new WebSocketHandlerAdapter(
                        new CoreWebSocketService(stock.getWebSocketService(), cores));
        adapter.setOrder(stock.getOrder());
        return adapter;
    }

    @Override
    public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
        ChannelOperations<?, ?> operations = CoreHttpHandler.nativeResponse(exchange.getResponse());
        if (operations == null || operations.channel().eventLoop().inEventLoop()) {
            return delegate.handleRequest(exchange, handler);
        }
        Channel channel = operations.channel();
        HandlerCore current = HandlerCore.current();
        HandlerCore core = current == null ? cores.any() : current;
        CoreTarget target = new CoreTarget(core, cores, null);
        return Mono.defer(
                        () ->
                                delegate.handleRequest(
                                        exchange, new OnCore(handler, channel, core, target)))
                .subscribeOn(Schedulers.fromExecutor(channel.eventLoop()));
    }

    /**
     * The user's handler on a core.
     *
     * @param handler the user's handler
     * @param channel the connection
     * @param core the core
     * @param target the same core, for received and sent messages
     */
    private record OnCore(
            WebSocketHandler handler, Channel channel, HandlerCore core, CoreTarget target)
            implements WebSocketHandler {

        @Override
        public List<String> getSubProtocols() {
            return handler.getSubProtocols();
        }

        @Override
        public Mono<Void> handle(WebSocketSession session) {
            WebSocketSession onCore = new CoreWebSocketSession(session, channel, target);
            return new GuardedSession(Mono.defer(() -> handler.handle(onCore)))
                    .subscribeOn(core.scheduler());
        }
    }
}
