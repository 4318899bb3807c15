package io.fasterapi.metrics;

import io.fasterapi.cores.CoreCounters;
import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.exchange.InFlight;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Publishes the counters of the cores and the number of requests under way. Meters are read only
 * when they are scraped; a request costs nothing more. The tag {@code core} is the core's index.
 */
public final class RingMeters implements MeterBinder {

    /*
     * A registry refers weakly to the measured object. So that is always the core itself, which
     * lives as long as its group, never a lambda made here.
     */
    private static final String PREFIX = "fasterapi.ring.";

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
                .register(registry);
        for (HandlerCore core : cores.cores()) {
            Bound bound =
                    new Bound(registry, core, Tags.of("core", Integer.toString(core.index())));
            bound.ring();
            bound.times();
            bound.batches();
        }
    }

    /**
     * The meters of one core in one registry.
     *
     * @param registry the registry
     * @param core the core that they read
     * @param tags the tags of each meter
     */
    private record Bound(MeterRegistry registry, HandlerCore core, Tags tags) {

        void ring() {
            counter("published", "Items published into the ring", HandlerCore::published);
            counter(
                    "rejected",
                    "Items refused because the ring was full or its core did not run",
                    one -> one.counters().rejected());
            counter(
                    "moved",
                    "Items given to a thread of their own instead: their route waits, or the core",
                    one -> one.counters().moved());
            counter(
                    "replaced",
                    "Threads of the core that died of a failure and were replaced",
                    HandlerCore::replacements);
            gauge(
                    "backlog",
                    "items",
                    "Items that wait or are served, in the ring or out of it",
                    HandlerCore::depth);
            TimeGauge.builder(
                            PREFIX + "oldest", core, TimeUnit.NANOSECONDS, HandlerCore::oldestNanos)
                    .description("How long the oldest item has waited that nobody has begun")
                    .tags(tags)
                    .register(registry);
            gauge(
                    "overloaded",
                    "",
                    "1 while there is lasting overload: the newest go first",
                    core -> core.isOverloaded() ? 1 : 0);
            gauge("remaining", "slots", "Free slots of the ring", HandlerCore::remaining);
            gauge("capacity", "slots", "Slots of the ring", HandlerCore::capacity);
        }

        void times() {
            timer("wait", "Time items waited in the ring", CoreCounters::waitNanos);
            maximumTime("wait.max", "The longest wait", CoreCounters::takeMaxWaitNanos);
            timer("service", "Time items took on the core", CoreCounters::serviceNanos);
            maximumTime("service.max", "The longest service", CoreCounters::takeMaxServiceNanos);
        }

        void batches() {
            counter("batches", "Batches drained from the ring", one -> one.counters().batches());
            gauge("batch.size", "items", "Mean items of a batch since the start", Bound::meanBatch);
            TimeWindowMax largest = window();
            gauge(
                    "batch.size.max",
                    "items",
                    "The largest batch of the last minutes",
                    one -> polled(largest, one.counters().takeMaxBatch()));
            counter(
                    "handback.tasks",
                    "Tasks submitted to event loops, each with all that a batch finished for it",
                    one -> one.counters().handBackTasks());
            counter(
                    "continuations",
                    "Continuations of admitted requests run by the core",
                    one -> one.counters().continuations());
        }

        private static double meanBatch(HandlerCore core) {
            long batches = core.counters().batches();
            return batches == 0 ? 0 : (double) core.counters().taken() / batches;
        }

        private void counter(String name, String text, ToDoubleFunction<HandlerCore> value) {
            FunctionCounter.builder(PREFIX + name, core, value)
                    .description(text)
                    .tags(tags)
                    .register(registry);
        }

        private void gauge(
                String name, String unit, String text, ToDoubleFunction<HandlerCore> value) {
            Gauge.builder(PREFIX + name, core, value)
                    .description(text)
                    .baseUnit(unit)
                    .tags(tags)
                    .register(registry);
        }

        private void timer(String name, String text, ToDoubleFunction<CoreCounters> nanos) {
            FunctionTimer.builder(
                            PREFIX + name,
                            core,
                            one -> one.counters().taken(),
                            one -> nanos.applyAsDouble(one.counters()),
                            TimeUnit.NANOSECONDS)
                    .description(text)
                    .tags(tags)
                    .register(registry);
        }

        private void maximumTime(String name, String text, ToLongFunction<CoreCounters> taken) {
            TimeWindowMax largest = window();
            TimeGauge.builder(
                            PREFIX + name,
                            core,
                            TimeUnit.NANOSECONDS,
                            one -> polled(largest, taken.applyAsLong(one.counters())))
                    .description(text + " of the last minutes")
                    .tags(tags)
                    .register(registry);
        }

        private TimeWindowMax window() {
            return new TimeWindowMax(
                    registry.config().clock(), DistributionStatisticConfig.DEFAULT);
        }

        private static double polled(TimeWindowMax window, long latest) {
            window.record(latest);
            return window.poll();
        }
    }
}
