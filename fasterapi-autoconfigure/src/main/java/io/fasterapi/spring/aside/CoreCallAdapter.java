package io.fasterapi.spring.aside;

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
 * Stands before the application's own adapters: for methods that stand for batch handlers, and for
 * handlers that need a handler core where FasterAPI serves nothing, which are called on one by the
 * adapter that would have called them anyway. Filters run where they are. Shared by all threads.
 */
public final class CoreCallAdapter implements HandlerAdapter, Ordered {

    private final CoresAside aside;
    private final HandlerAdapter batched;
    private final SingletonSupplier<List<HandlerAdapter>> others;

    /**
     * Creates the adapter.
     *
     * @param batched calls methods that stand for batch handlers
     * @param all gives every adapter of the application in order, this one among them
     */
    public CoreCallAdapter(
            CoresAside aside, HandlerAdapter batched, Supplier<Stream<HandlerAdapter>> all) {
        this.aside = aside;
        this.batched = batched;
        this.others = SingletonSupplier.of(() -> all.get().filter(each -> each != this).toList());
    }

    /** Returns the cores for where FasterAPI serves nothing. */
    public CoresAside aside() {
        return aside;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Object handler) {
        return batched.supports(handler) || aside.isFor(handler);
    }

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        HandlerAdapter adapter = adapter(handler);
        if (!aside.isFor(handler)
                || aside.isElsewhere(exchange, handler)
                || aside.core().isCurrent()) {
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
        return Mono.defer(() -> adapter.handle(onCore, handler))
                .subscribeOn(aside.core().scheduler());
    }

    private HandlerAdapter adapter(Object handler) {
        if (batched.supports(handler)) {
            return batched;
        }
        for (HandlerAdapter each : others.obtain()) {
            if (each.supports(handler)) {
                return each;
            }
        }
        throw new IllegalStateException("no adapter for the handler " + handler);
    }
}
