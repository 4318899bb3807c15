package io.fasterapi.spring.aside;

import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.spring.webflux.dispatch.ExchangeOnCore;
import java.time.Duration;
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
 * An adapter before those of the application. It calls the methods that stand for batch handlers.
 * Where FasterAPI does not serve, it also calls handlers that need a handler core, on one core and
 * through the application's own adapter. Filters run where they run without it. It starts that core
 * if code needs it, and stops it with the context. Thread-safe.
 */
public final class CoresAside implements HandlerAdapter, Ordered {

    private final Supplier<HandlerCores> cores;
    private final CoreDemand demand;
    private final HandlerAdapter batched;
    private final SingletonSupplier<List<HandlerAdapter>> others;
    private final boolean served;
    private final Duration stopLimit;
    private boolean started;
    private volatile boolean running;

    /**
     * Creates the adapter and starts nothing.
     *
     * @param cores returns the cores when they are needed
     * @param demand finds the handlers that need them
     * @param batched calls methods that stand for batch handlers
     * @param all returns all adapters of the application in order, this one included
     * @param served whether our server starts and stops the cores and runs handlers on them
     * @param stopLimit how long the cores may take to finish accepted work
     */
    public CoresAside(
            Supplier<HandlerCores> cores,
            CoreDemand demand,
            HandlerAdapter batched,
            Supplier<Stream<HandlerAdapter>> all,
            boolean served,
            Duration stopLimit) {
        this.cores = cores;
        this.demand = demand;
        this.batched = batched;
        this.others = SingletonSupplier.of(() -> all.get().filter(each -> each != this).toList());
        this.served = served;
        this.stopLimit = stopLimit;
    }

    /** Returns whether our server starts and stops the cores. */
    public boolean isServed() {
        return served;
    }

    /** Allows the core to start, and starts it if a bean needs it. */
    public void start() {
        running = true;
        if (demand.isAny()) {
            startCores();
        }
    }

    /** Stops the core if it was started here. */
    public void stop() {
        running = false;
        if (isToStop()) {
            cores.get().stop(stopLimit);
        }
    }

    private synchronized void startCores() {
        if (running && !started && !cores.get().cores().get(0).isRunning()) {
            cores.get().start();
            started = true;
        }
    }

    private synchronized boolean isToStop() {
        boolean own = started;
        started = false;
        return own;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Object handler) {
        return batched.supports(handler) || isOfCore(handler);
    }

    private boolean isOfCore(Object handler) {
        return !served && demand.isOf(handler);
    }

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        HandlerAdapter adapter = adapter(handler);
        if (!isOfCore(handler) || demand.isElsewhere(exchange, handler)) {
            return adapter.handle(exchange, handler);
        }
        startCores();
        // One core serves all keys, so each key has one writer.
        HandlerCore core = cores.get().cores().get(0);
        if (core.isCurrent()) {
            return adapter.handle(exchange, handler);
        }
        ServerWebExchange onCore = new ExchangeOnCore(exchange, core, cores.get());
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
        if (batched.supports(handler)) {
            return batched;
        }
        for (HandlerAdapter each : others.obtain()) {
            if (each.supports(handler)) {
                return each;
            }
        }
        throw new IllegalStateException("No HandlerAdapter: " + handler);
    }
}
