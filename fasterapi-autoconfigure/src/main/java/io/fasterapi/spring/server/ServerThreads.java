package io.fasterapi.spring.server;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.core.CoreMonitor;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.log.Counted;
import io.fasterapi.netty.GracefulClose;
import io.fasterapi.placement.HopCost;
import io.fasterapi.spring.BeanMaker;
import io.fasterapi.spring.client.ServerLoops;
import io.fasterapi.watchdog.Watchdog;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Starts and stops the threads of a server: event loops, handler cores, their monitor, and the
 * watchdog over both. The watchdog starts first and stops last.
 */
public final class ServerThreads {

    private static final Log LOGGER = LogFactory.getLog(ServerThreads.class);

    private static final String BOOT = "org.springframework.boot.";

    private static final Duration LOOP_SHUTDOWN_LIMIT = Duration.ofSeconds(5);

    private final ApplicationContext context;
    private final HandlerCores cores;
    private final Duration stopLimit;
    private final int ioThreads;
    private final ReactorResourceFactory loops = new ReactorResourceFactory();
    private final GracefulClose gracefulClose = new GracefulClose();
    private final ConcurrencyLimiter limiter;
    private final @Nullable Watchdog watchdog;
    private final CoreMonitor monitor;
    private volatile boolean running;
    private @Nullable Thread measuring;

    /**
     * Creates the threads without starting any.
     *
     * @param monitor watches the cores
     * @param limiter counts the requests under way
     * @param watchdog watches the threads; null if it is off
     * @param ioThreads number of event loops, at least 1
     * @param stopLimit how long the cores may take to finish accepted work
     */
    public ServerThreads(
            ApplicationContext context,
            CoreMonitor monitor,
            ConcurrencyLimiter limiter,
            @Nullable Watchdog watchdog,
            int ioThreads,
            Duration stopLimit) {
        this.limiter = limiter;
        this.context = context;
        this.cores = monitor.cores();
        this.watchdog = watchdog;
        this.monitor = monitor;
        this.stopLimit = stopLimit;
        this.ioThreads = ioThreads;
        loops.setUseGlobalResources(false);
        loops.setLoopResourcesSupplier(() -> LoopResources.create("fasterapi-io", ioThreads, true));
        loops.setConnectionProviderSupplier(ConnectionProvider::newConnection);
        loops.setShutdownQuietPeriod(Duration.ZERO);
        loops.setShutdownTimeout(LOOP_SHUTDOWN_LIMIT);
    }

    /** Returns the number of event loops, if the application has none of its own. */
    public int ioThreads() {
        return ioThreads;
    }

    /** Returns whether the threads run. */
    public boolean isRunning() {
        return running;
    }

    /** Returns the monitor of the cores. */
    public CoreMonitor monitor() {
        return monitor;
    }

    /** Returns the watchdog, or null if it is off. */
    public @Nullable Watchdog watchdog() {
        return watchdog;
    }

    /** Lets connections finish their requests during a shutdown, and watches their event loops. */
    HttpServer addTo(HttpServer server) {
        HttpServer graceful = gracefulClose.addTo(server);
        Watchdog looking = watchdog;
        return looking == null
                ? graceful
                : graceful.doOnChannelInit(
                        (observer, channel, address) -> looking.watch(channel.eventLoop()));
    }

    /** Returns the source of the server's event loops, or null if the application has its own. */
    @Nullable ReactorResourceFactory loops() {
        return foreignLoops() == null ? loops : null;
    }

    /** Returns the name of a {@link ReactorResourceFactory} that is not Boot's, or null. */
    private @Nullable String foreignLoops() {
        for (String name :
                BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                        context, ReactorResourceFactory.class, true, false)) {
            if (!BeanMaker.isOf(context, name, BOOT)) {
                return name;
            }
        }
        return null;
    }

    void start() {
        running = true;
        if (watchdog != null) {
            watchdog.start();
            for (HandlerCore core : cores.cores()) {
                watchdog.watch(core.name(), core.activity());
            }
        }
        gracefulClose.shuttingDown(false);
        if (foreignLoops() == null) {
            loops.start();
            clients().ifAvailable(clients -> clients.start(loops));
        }
        cores.start();
        monitor.start();
    }

    /** Returns what runs, as a part of a sentence: event loops, cores and rings. */
    String describe() {
        return "%s, %s with rings of %d slots (%s)"
                .formatted(
                        describeLoops(foreignLoops()),
                        Counted.of(cores.options().count(), "handler core"),
                        cores.options().ringSize(),
                        cores.options().waitMode().name().toLowerCase(Locale.ROOT));
    }

    private String describeLoops(@Nullable String foreign) {
        return foreign == null
                ? Counted.of(ioThreads, "event loop")
                : "the event loops of the ReactorResourceFactory '"
                        + foreign
                        + "' (fasterapi.io.threads is not used)";
    }

    void stop() {
        if (!running) {
            return;
        }
        running = false;
        awaitConnections();
        cores.stop(stopLimit);
        monitor.stop();
        awaitAnswers();
        if (clients().getIfAvailable() == null) {
            loops.stop(); // else they stop with the clients
        }
        LOGGER.info(
                "FasterAPI stopped: %s accepted, %d ended without an answer because the client hung up"
                        .formatted(
                                Counted.of(limiter.begun(), "request"),
                                limiter.ended(Ending.GONE)));
        if (watchdog != null) {
            watchdog.stop();
        }
    }

    private ObjectProvider<ServerLoops> clients() {
        return context.getBeanProvider(ServerLoops.class);
    }

    /** Measures on a thread of its own what handing work to a core costs on this host. */
    void measureHops(LongConsumer nanos) {
        if (running) {
            measuring = HopCost.measure(cores.any()::execute, nanos);
        }
    }

    /** Ends that measurement, and tells the connections that a shutdown begins. */
    void leaving() {
        gracefulClose.shuttingDown(true);
        Thread thread = measuring;
        measuring = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Waits until the connections have closed or wait for an answer after which they close. */
    private void awaitConnections() {
        try {
            gracefulClose.awaitLoops(stopLimit);
            gracefulClose.awaitClosed(stopLimit);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the answers of the cores are written and all connections are closed. */
    private void awaitAnswers() {
        try {
            gracefulClose.awaitLoops(LOOP_SHUTDOWN_LIMIT);
            gracefulClose.closeAll(LOOP_SHUTDOWN_LIMIT);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
