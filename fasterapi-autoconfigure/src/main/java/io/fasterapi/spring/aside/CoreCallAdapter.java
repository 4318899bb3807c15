package io.fasterapi.spring.aside;

import io.fasterapi.cores.HandlerCore;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.core.Ordered;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Has the handlers that need a handler core called on one where FasterAPI serves nothing, by the
 * adapter that would have called them anyway. Filters run where they are. Shared by all threads.
 */
public final class CoreCallAdapter implements HandlerAdapter, Ordered {

    private final CoresAside aside;
    private final SingletonSupplier<List<HandlerAdapter>> others;

    /**
     * Creates the adapter.
     *
     * @param all gives every adapter of the application in order, this one among them
     */
    public CoreCallAdapter(CoresAside aside, Supplier<Stream<HandlerAdapter>> all) {
        this.aside = aside;
        this.others = SingletonSupplier.of(() -> all.get().filter(each -> each != this).toList());
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Object handler) {
        return aside.isFor(handler);
    }

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        HandlerAdapter adapter = adapter(handler);
        if (aside.isElsewhere(exchange, handler)) {
            return adapter.handle(exchange, handler);
        }
        HandlerCore core = aside.core();
        if (core.isCurrent()) {
            return adapter.handle(exchange, handler);
        }
        ServerWebExchange onCore = aside.onCore(exchange);
        Object function = exchange.getAttribute(RouterFunctions.REQUEST_ATTRIBUTE);
        if (function instanceof ServerRequest request) {
            exchange.getAttributes()
                    .put(
                            RouterFunctions.REQUEST_ATTRIBUTE,
                            ServerRequest.create(
                                    onCore,
                                    request.messageReaders(),
                                    request.apiVersionStrategy()));
        }
        return Mono.defer(() -> adapter.handle(onCore, handler)).subscribeOn(core.scheduler());
    }

    private HandlerAdapter adapter(Object handler) {
        for (HandlerAdapter each : others.obtain()) {
            if (each.supports(handler)) {
                return each;
            }
        }
        throw new IllegalStateException("no adapter for the handler " + handler);
    }
}
