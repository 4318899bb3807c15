package io.fasterapi.spring.server;

import io.fasterapi.cores.HandlerCores;
import io.fasterapi.exchange.InFlight;
import io.fasterapi.server.GracefulClose;
import java.time.Duration;
import java.util.Locale;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Starts and stops the threads of a server: its event loops and its handler cores, up before the
 * web server and down after it. A context without a web server starts none.
 */
public final class ServerThreads implements SmartLifecycle {

    private static final Log LOGGER = LogFactory.getLog(ServerThreads.class);

    private static final Duration LOOP_SHUTDOWN_LIMIT = Duration.ofSeconds(5);

    private final ApplicationContext context;
    private final HandlerCores cores;
    private final Duration stopLimit;
    private final int ioThreads;
    private final ReactorResourceFactory loops = new ReactorResourceFactory();
    private final GracefulClose gracefulClose = new GracefulClose();
    private final InFlight inFlight;
    private volatile boolean running;

    /**
     * Creates the life cycle; nothing starts yet.
     *
     * @param ioThreads number of event loops, at least 1
     * @param stopLimit how long the cores may take to finish what they accepted
     */
    public ServerThreads(
            ApplicationContext context,
            HandlerCores cores,
            InFlight inFlight,
            int ioThreads,
            Duration stopLimit) {
        this.inFlight = inFlight;
        this.context = context;
        this.cores = cores;
        this.stopLimit = stopLimit;
        this.ioThreads = ioThreads;
        loops.setUseGlobalResources(false);
        loops.setLoopResourcesSupplier(() -> LoopResources.create("fasterapi-io", ioThreads, true));
        loops.setConnectionProviderSupplier(ConnectionProvider::newConnection);
        loops.setShutdownQuietPeriod(Duration.ZERO);
        loops.setShutdownTimeout(LOOP_SHUTDOWN_LIMIT);
    }

    /** Returns what makes closing connections wait for their requests during a shutdown. */
    GracefulClose gracefulClose() {
        return gracefulClose;
    }

    /** Returns whether the event loops are ours: the application declares none of its own. */
    boolean ownsLoops() {
        return ForeignLoops.find(context) == null;
    }

    /** Returns the source of the server's event loops, if they are ours. */
    ReactorResourceFactory loops() {
        return loops;
    }

    @Override
    public void start() {
        if (running) {
            return;
        }
        if (!(context instanceof WebServerApplicationContext)) {
            LOGGER.info("FasterAPI steps aside: this application context runs no web server.");
            return;
        }
        gracefulClose.shuttingDown(false);
        String foreign = ForeignLoops.find(context);
        if (foreign == null) {
            loops.start();
        }
        cores.start();
        running = true;
        LOGGER.info(
                "FasterAPI: %s, %d handler cores with rings of %d slots (%s)"
                        .formatted(
                                describeLoops(foreign),
                                cores.options().count(),
                                cores.options().ringSize(),
                                cores.options().waitMode().name().toLowerCase(Locale.ROOT)));
    }

    private String describeLoops(@Nullable String foreign) {
        return foreign == null
                ? ioThreads + " event loops"
                : "the event loops of the ReactorResourceFactory '"
                        + foreign
                        + "' (fasterapi.io.threads is not used)";
    }

    @Override
    public void stop() {
        if (running) {
            running = false;
            awaitConnections();
            cores.stop(stopLimit);
            awaitHandBack();
            loops.stop();
            LOGGER.info(
                    "FasterAPI stopped: %d requests accepted, %d lost their connection before they were answered"
                            .formatted(inFlight.begun(), inFlight.unanswered()));
        }
    }

    /** Connections that were told to close have closed, or wait for an answer and then close. */
    private void awaitConnections() {
        try {
            gracefulClose.awaitLoops(stopLimit);
            gracefulClose.awaitClosed(stopLimit);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the cores finished is written, and no connection is left. */
    private void awaitHandBack() {
        try {
            gracefulClose.awaitLoops(LOOP_SHUTDOWN_LIMIT);
            gracefulClose.closeAll(LOOP_SHUTDOWN_LIMIT);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the web server: it goes on while its context is paused (between tests). */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Below the web server's phase: started before it, stopped after it. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
    }
}
