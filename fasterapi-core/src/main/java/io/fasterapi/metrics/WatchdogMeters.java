package io.fasterapi.metrics;

import io.fasterapi.watchdog.StallCounters;
import io.fasterapi.watchdog.Watchdog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.TimeWindowMax;

/**
 * Registers what a watchdog counts: {@code fasterapi.watchdog.*}. The meters of an event loop come
 * with its first connection.
 */
public final class WatchdogMeters implements MeterBinder {

    private final Watchdog watchdog;

    public WatchdogMeters(Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        watchdog.follow(thread -> bind(registry, thread, thread.thread()));
    }

    /** The watchdog keeps the counters, so that the registry's weak references hold. */
    private static void bind(MeterRegistry registry, StallCounters thread, String name) {
        FasterApiMeter.WATCHDOG_STALLS.counter(registry, thread, StallCounters::stalls, name);
        FasterApiMeter.WATCHDOG_STALL.timer(
                registry, thread, StallCounters::ended, StallCounters::endedNanos, name);
        TimeWindowMax longest =
                new TimeWindowMax(registry.config().clock(), DistributionStatisticConfig.DEFAULT);
        FasterApiMeter.WATCHDOG_STALL_MAX.timeGauge(
                registry, thread, one -> polled(longest, one.takeLongestNanos()), name);
        FasterApiMeter.WATCHDOG_RUNNING.timeGauge(
                registry, thread, StallCounters::runningNanos, name);
    }

    private static double polled(TimeWindowMax window, long latest) {
        window.record(latest);
        return window.poll();
    }
}
