package io.fasterapi.spring.scope;

import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/** Destroys the beans of the core scope when their context closes, on the thread that closes it. */
public final class CoreScopeEnd
        implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, DisposableBean {

    /*
     * After the cores have run dry, since their last requests use the beans; and before any
     * singleton is destroyed, since the beans use those. Between the two is only the end of the life
     * cycle, which also comes when a context is stopped to be started again: then nothing is
     * destroyed. A start-up that fails ends without either, so destroy() sees to what is left.
     */
    private final CoreBeanScope scope;
    private final ApplicationContext context;
    private final Duration limit;
    private volatile boolean closing;
    private volatile boolean running;

    /**
     * Creates the end.
     *
     * @param limit how long to wait for cores that still run
     */
    public CoreScopeEnd(CoreBeanScope scope, ApplicationContext context, Duration limit) {
        this.scope = scope;
        this.context = context;
        this.limit = limit;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) {
            closing = true;
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (closing) {
            scope.end(limit);
        }
    }

    @Override
    public void destroy() {
        scope.end(limit);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    /** Just below the phase of the handler cores: stopped after them. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1025;
    }
}
