package io.fasterapi.spring.server;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Actions that start and stop with the application in a fixed order. Only Spring calls it. */
public final class Phase implements SmartLifecycle, DisposableBean {

    /** Starts before the web server and stops after it. */
    public static final int BEFORE_SERVER =
            WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;

    /**
     * Starts after the web server, and stops before the web server begins its graceful shutdown, in
     * which it finishes its requests.
     */
    public static final int WHILE_SERVING =
            WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512;

    private final int phase;
    private final Runnable start;
    private final Runnable stop;
    private final Runnable end;
    private volatile boolean running;

    /**
     * Creates the actions.
     *
     * @param phase the order of start and stop
     * @param stop also called if the start has failed
     * @param end called once, when the context is destroyed
     */
    public Phase(int phase, Runnable start, Runnable stop, Runnable end) {
        this.phase = phase;
        this.start = start;
        this.stop = stop;
        this.end = end;
    }

    @Override
    public void start() {
        if (!running) {
            running = true;
            start.run();
        }
    }

    @Override
    public void stop() {
        if (running) {
            running = false;
            stop.run();
        }
    }

    @Override
    public void destroy() {
        end.run();
    }

    /** As the web server does, it runs on while its context is paused between tests. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
