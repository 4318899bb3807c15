package io.fasterapi.spring.aside;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.placement.Placement;
import io.fasterapi.spring.webflux.dispatch.ExchangeOnCore;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.web.server.ServerWebExchange;

/**
 * Starts the cores of an application that FasterAPI does not serve, if its code asks for them, and
 * stops them with the context. Thread-safe.
 */
public final class CoresAside {

    private final Supplier<HandlerCores> cores;
    private final CoreDemand demand;
    private final boolean served;
    private final Duration stopLimit;
    private boolean started;
    private volatile boolean running;

    /**
     * Creates what runs aside; nothing starts yet.
     *
     * @param cores gives the cores, once they are needed
     * @param beans of the application
     * @param configured says where the requests of a path template run, or null
     * @param fallback says where requests run of which nothing is said
     * @param served whether a server of ours starts and stops the cores; nothing is done here then
     * @param stopLimit how long the cores may take to finish what they accepted
     */
    public CoresAside(
            Supplier<HandlerCores> cores,
            ConfigurableListableBeanFactory beans,
            Function<String, @Nullable Placement> configured,
            Placement fallback,
            boolean served,
            Duration stopLimit) {
        this.cores = cores;
        this.demand = new CoreDemand(beans, configured, fallback);
        this.served = served;
        this.stopLimit = stopLimit;
    }

    /** Returns whether a server of ours starts and stops the cores. */
    public boolean isServed() {
        return served;
    }

    /** Returns whether a handler may have to run on the core of this object. */
    boolean isFor(Object handler) {
        return !served && demand.isOf(handler);
    }

    /** Returns whether the request of such a handler runs elsewhere, by the configuration. */
    boolean isElsewhere(ServerWebExchange exchange, Object handler) {
        return demand.isElsewhere(exchange, handler);
    }

    /** Returns an exchange of which all that comes later comes on the core. */
    ServerWebExchange onCore(ServerWebExchange exchange) {
        return new ExchangeOnCore(exchange, core(), cores.get());
    }

    /**
     * Returns the one core on which everything runs that has to run on cores, whatever its key:
     * there is one writer per key as long as there is one writer. Starts it on the first call.
     */
    HandlerCore core() {
        startCores();
        return cores.get().cores().get(0);
    }

    private synchronized void startCores() {
        if (running && !started && !cores.get().cores().get(0).isRunning()) {
            cores.get().start();
            started = true;
        }
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

    private synchronized boolean isToStop() {
        boolean own = started;
        started = false;
        return own;
    }
}
