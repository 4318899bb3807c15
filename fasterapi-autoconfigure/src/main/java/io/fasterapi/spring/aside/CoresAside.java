package io.fasterapi.spring.aside;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
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
 * Stands before the application's own adapters: for methods that stand for batch handlers, and for
 * handlers that need a handler core where FasterAPI serves nothing, which are called on one by the
 * adapter that would have called them anyway. Filters run where they are. Starts that core if the
 * application's code asks for it, and stops it with the context. Thread-safe.
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
     * Creates the adapter; nothing starts yet.
     *
     * @param cores gives the cores, once they are needed
     * @param demand knows which handlers need them
     * @param batched calls methods that stand for batch handlers
     * @param all gives every adapter of the application in order, this one among them
     * @param served whether a server of ours starts and stops the cores; it runs handlers on them
     * @param stopLimit how long the cores may take to finish what they accepted
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

    /** Returns whether a server of ours starts and stops the cores. */
    public boolean isServed() {
        return served;
    }

    /** Allows the cores to start, and starts them if a bean has asked for them. */
    public void start() {
        running = true;
        if (demand.isAny()) {
            startCores();
        }
    }

    /** Stops the cores if they were started here. */
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
        // The one core of every key: there is one writer per key as long as there is one writer.
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
