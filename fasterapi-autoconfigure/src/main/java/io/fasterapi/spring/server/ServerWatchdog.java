package io.fasterapi.spring.server;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.watch.Watchdog;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Watches the threads of a server: its cores, and each event loop from its first connection on. The
 * watchdog is up before these threads and down after them; a context without a web server starts
 * none. Its looks also tell the cores of pauses of the JVM and of work that waits behind a stall.
 */
public final class ServerWatchdog
        implements SmartLifecycle, WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private final ApplicationContext context;
    private final Watchdog watchdog;
    private final HandlerCores cores;
    private volatile boolean running;

    public ServerWatchdog(ApplicationContext context, Watchdog watchdog, HandlerCores cores) {
        this.context = context;
        this.watchdog = watchdog;
        this.cores = cores;
        watchdog.atEachLook(cores.pauses()::looked);
        watchdog.atEachLook(cores::rescue);
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(
                server ->
                        server.doOnChannelInit(
                                (observer, channel, address) ->
                                        watchdog.watch(channel.eventLoop())));
    }

    @Override
    public void start() {
        if (running || !(context instanceof WebServerApplicationContext)) {
            return;
        }
        running = true;
        watchdog.start();
        for (HandlerCore core : cores.cores()) {
            watchdog.watch(core.name(), core.activity());
        }
    }

    @Override
    public void stop() {
        if (running) {
            running = false;
            watchdog.stop();
            cores.pauses().unwatched();
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

    /** Below the phase of {@link ServerThreads}: started before them, stopped after them. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 2048;
    }
}
