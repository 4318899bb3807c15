package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.cores.HandlerCores;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;

/** Replaces WebFlux's adapters for WebSocket handlers by ones that run them on the cores. */
public final class CoreWebSocketAdapters implements BeanPostProcessor {

    private final Supplier<HandlerCores> cores;

    public CoreWebSocketAdapters(Supplier<HandlerCores> cores) {
        this.cores = cores;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean.getClass() != WebSocketHandlerAdapter.class) {
            return bean;
        }
        WebSocketHandlerAdapter stock = (WebSocketHandlerAdapter) bean;
        WebSocketHandlerAdapter adapter =
                new WebSocketHandlerAdapter(
                        new CoreWebSocketService(stock.getWebSocketService(), cores.get()));
        adapter.setOrder(stock.getOrder());
        return adapter;
    }
}
