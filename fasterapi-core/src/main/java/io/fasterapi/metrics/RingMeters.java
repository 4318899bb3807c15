package io.fasterapi.metrics;

import io.fasterapi.cores.CoreCounters;
import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.exchange.InFlight;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Publishes what the cores count anyway: every meter pulls when it is scraped, nothing is added to
 * a request. Each is tagged with {@code core}, the core's index.
 */
public final class RingMeters implements MeterBinder {

    private final HandlerCores cores;
    private final InFlight inFlight;

    public RingMeters(HandlerCores cores, InFlight inFlight) {
        this.cores = cores;
        this.inFlight = inFlight;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("fasterapi.requests.active", inFlight, InFlight::count)
                .description("Requests that have begun and not yet ended")
                .baseUnit("requests")
                .register(registry);
        for (HandlerCore core : cores.cores()) {
            Tags tags = Tags.of("core", Integer.toString(core.index()));
            bindRing(registry, core, tags);
            bindTimes(registry, core.counters(), tags);
            bindBatches(registry, core.counters(), tags);
        }
    }

    private static void bindRing(MeterRegistry registry, HandlerCore core, Tags tags) {
        counter(registry, "published", "Items published into the ring", core::published, tags);
        counter(
                registry,
                "rejected",
                "Items refused because the ring was full",
                core.counters()::rejected,
                tags);
        Gauge.builder("fasterapi.ring.remaining", core, HandlerCore::remaining)
                .description("Free slots of the ring")
                .baseUnit("slots")
                .tags(tags)
                .register(registry);
        Gauge.builder("fasterapi.ring.capacity", core, HandlerCore::capacity)
                .description("Slots of the ring")
                .baseUnit("slots")
                .tags(tags)
                .register(registry);
    }

    private static void bindTimes(MeterRegistry registry, CoreCounters counters, Tags tags) {
        timer(registry, "wait", "Time items waited in the ring", counters::waitNanos, counters, tags);
        maximum(registry, "wait", "The longest wait", counters::takeMaxWaitNanos, tags);
        timer(registry, "service", "Time items took", counters::serviceNanos, counters, tags);
        maximum(registry, "service", "The longest service", counters::takeMaxServiceNanos, tags);
    }

    private static void bindBatches(MeterRegistry registry, CoreCounters counters, Tags tags) {
        TimeWindowMax largest = window(registry);
        List<Measurement> measurements =
                List.of(
                        new Measurement(() -> (double) counters.batches(), Statistic.COUNT),
                        new Measurement(() -> (double) counters.taken(), Statistic.TOTAL),
                        new Measurement(
                                () -> polled(largest, counters.takeMaxBatch()), Statistic.MAX));
        Meter.builder("fasterapi.ring.batch.size", Meter.Type.DISTRIBUTION_SUMMARY, measurements)
                .description("Items drained from the ring in one batch")
                .baseUnit("items")
                .tags(tags)
                .register(registry);
        counter(
                registry,
                "handback.tasks",
                "Tasks submitted to event loops, each with all that a batch finished for it",
                counters::handBackTasks,
                tags);
        counter(
                registry,
                "continuations",
                "Continuations of admitted requests run by the core",
                counters::continuations,
                tags);
    }

    private static void counter(
            MeterRegistry registry, String name, String text, LongSupplier value, Tags tags) {
        FunctionCounter.builder("fasterapi.ring." + name, value, LongSupplier::getAsLong)
                .description(text)
                .tags(tags)
                .register(registry);
    }

    private static void timer(
            MeterRegistry registry,
            String name,
            String text,
            LongSupplier nanos,
            CoreCounters counters,
            Tags tags) {
        FunctionTimer.builder(
                        "fasterapi.ring." + name,
                        counters,
                        CoreCounters::taken,
                        ignored -> nanos.getAsLong(),
                        TimeUnit.NANOSECONDS)
                .description(text)
                .tags(tags)
                .register(registry);
    }

    private static void maximum(
            MeterRegistry registry, String name, String text, LongSupplier taken, Tags tags) {
        TimeWindowMax largest = window(registry);
        TimeGauge.builder(
                        "fasterapi.ring." + name + ".max",
                        () -> polled(largest, taken.getAsLong()),
                        TimeUnit.NANOSECONDS)
                .description(text + " of the last minutes")
                .tags(tags)
                .register(registry);
    }

    private static TimeWindowMax window(MeterRegistry registry) {
        return new TimeWindowMax(registry.config().clock(), DistributionStatisticConfig.DEFAULT);
    }

    private static double polled(TimeWindowMax window, long latest) {
        window.record(latest);
        return window.poll();
    }
}
