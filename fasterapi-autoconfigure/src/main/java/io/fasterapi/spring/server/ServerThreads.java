package io.fasterapi.spring.server;

import io.fasterapi.cores.HandlerCores;
import java.time.Duration;
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

    private static final System.Logger LOGGER = System.getLogger(ServerThreads.class.getName());

    private static final Duration LOOP_SHUTDOWN_LIMIT = Duration.ofSeconds(5);

    private final ApplicationContext context;
    private final HandlerCores cores;
    private final Duration stopLimit;
    private final int ioThreads;
    private final ReactorResourceFactory loops = new ReactorResourceFactory();
    private volatile boolean running;

    /**
     * Creates the life cycle; nothing starts yet.
     *
     * @param ioThreads number of event loops, at least 1
     * @param stopLimit how long the cores may take to finish what they accepted
     */
    public ServerThreads(
            ApplicationContext context, HandlerCores cores, int ioThreads, Duration stopLimit) {
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

    /** Returns the source of the server's event loops. */
    ReactorResourceFactory loops() {
        return loops;
    }

    @Override
    public void start() {
        if (running) {
            return;
        }
        if (!(context instanceof WebServerApplicationContext)) {
            LOGGER.log(
                    System.Logger.Level.INFO,
                    "FasterAPI steps aside: this application context runs no web server.");
            return;
        }
        loops.start();
        cores.start();
        running = true;
        LOGGER.log(
                System.Logger.Level.INFO,
                "FasterAPI: {0} event loops, {1} handler cores with rings of {2} slots ({3})",
                ioThreads,
                cores.options().count(),
                Integer.toString(cores.options().ringSize()),
                cores.options().waitMode().name().toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public void stop() {
        if (running) {
            running = false;
            cores.stop(stopLimit);
            loops.stop();
        }
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
