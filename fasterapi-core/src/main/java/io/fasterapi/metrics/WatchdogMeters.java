package io.fasterapi.metrics;

import io.fasterapi.watch.StallCounters;
import io.fasterapi.watch.Watchdog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import java.util.concurrent.TimeUnit;

/**
 * Publishes the counters of the watchdog. Meters are read only when they are scraped. The tag
 * {@code thread} is the name of the watched thread. Those of an event loop appear with its first
 * connection.
 */
public final class WatchdogMeters implements MeterBinder {

    private static final String PREFIX = "fasterapi.watchdog.";

    private final Watchdog watchdog;

    public WatchdogMeters(Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        watchdog.follow(thread -> bind(registry, thread, Tags.of("thread", thread.thread())));
    }

    /** The watchdog keeps the counters, because the registry refers to them weakly. */
    private static void bind(MeterRegistry registry, StallCounters thread, Tags tags) {
        FunctionCounter.builder(PREFIX + "stalls", thread, StallCounters::stalls)
                .description("Calls that held the thread for longer than they may")
                .tags(tags)
                .register(registry);
        FunctionTimer.builder(
                        PREFIX + "stall",
                        thread,
                        StallCounters::ended,
                        StallCounters::endedNanos,
                        TimeUnit.NANOSECONDS)
                .description("How long such calls took that have ended")
                .tags(tags)
                .register(registry);
        TimeWindowMax longest =
                new TimeWindowMax(registry.config().clock(), DistributionStatisticConfig.DEFAULT);
        TimeGauge.builder(
                        PREFIX + "stall.max",
                        thread,
                        TimeUnit.NANOSECONDS,
                        one -> polled(longest, one.takeLongestNanos()))
                .description("The longest such call that ended in the last minutes")
                .tags(tags)
                .register(registry);
        TimeGauge.builder(
                        PREFIX + "running",
                        thread,
                        TimeUnit.NANOSECONDS,
                        StallCounters::runningNanos)
                .description("How long the thread has been at its present call")
                .tags(tags)
                .register(registry);
    }

    private static double polled(TimeWindowMax window, long latest) {
        window.record(latest);
        return window.poll();
    }
}
