package io.fasterapi.spring.server;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Tells the connections that a shutdown begins, just before the web server's own begins. */
public final class ShutdownSignal implements SmartLifecycle {

    private final ServerThreads threads;
    private volatile boolean running;

    public ShutdownSignal(ServerThreads threads) {
        this.threads = threads;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        threads.gracefulClose().shuttingDown(true);
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

    /** Above the phase of the web server's graceful shutdown: stopped before it. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512;
    }
}
