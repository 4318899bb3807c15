package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.cores.HandlerCores;
import io.fasterapi.placement.HopCost;
import io.fasterapi.placement.Placements;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Measures, once the server has started, what a hop to a core costs on this host. */
public final class HopCalibration implements SmartLifecycle {

    private final ApplicationContext context;
    private final HandlerCores cores;
    private final Placements placements;
    private volatile @Nullable Thread thread;

    public HopCalibration(ApplicationContext context, HandlerCores cores, Placements placements) {
        this.context = context;
        this.cores = cores;
        this.placements = placements;
    }

    @Override
    public void start() {
        if (!(context instanceof WebServerApplicationContext)) {
            return;
        }
        Executor core = cores.any()::execute;
        Thread measuring =
                new Thread(
                        () -> {
                            try {
                                placements.limit().calibrate(HopCost.nanos(core));
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "fasterapi-calibration");
        measuring.setDaemon(true);
        thread = measuring;
        measuring.start();
    }

    @Override
    public void stop() {
        Thread measuring = thread;
        if (measuring != null) {
            measuring.interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    /** After the web server. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 2;
    }
}
