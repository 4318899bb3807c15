package io.fasterapi.samples.quickstart.compare;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The stock application: started when it is first needed, closed when nobody has used it for a
 * while. Thread-safe.
 */
final class StockContext implements AutoCloseable {

    private final Supplier<ConfigurableApplicationContext> starter;
    private final ScheduledExecutorService timer;
    private final Duration idle;
    private @Nullable ConfigurableApplicationContext context;
    private @Nullable ScheduledFuture<?> closing;

    /**
     * Creates the holder; nothing is started yet.
     *
     * @param starter starts the application
     * @param timer closes it later; ends with this holder
     * @param idle how long it stays up without use
     */
    StockContext(
            Supplier<ConfigurableApplicationContext> starter,
            ScheduledExecutorService timer,
            Duration idle) {
        this.starter = starter;
        this.timer = timer;
        this.idle = idle;
    }

    /** Returns the port of the application, which stays up until {@link #release}. */
    synchronized int acquire() {
        if (closing != null) {
            closing.cancel(false);
            closing = null;
        }
        if (context == null) {
            context = starter.get();
        }
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Lets it close after a while. */
    synchronized void release() {
        if (context != null && !timer.isShutdown()) {
            closing = timer.schedule(this::stop, idle.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void stop() {
        if (closing != null && context != null) {
            closing = null;
            context.close();
            context = null;
        }
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (context != null) {
            context.close();
            context = null;
        }
    }
}
