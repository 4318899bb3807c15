package io.fasterapi.metrics;

import io.fasterapi.batch.BatchCounters;
import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.Batchers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Publishes the counters of batchers. Meters are read only when they are scraped. The tag {@code
 * batcher} is the batcher's name; for a batch handler that is its route. A batcher that is created
 * later gets its meters then.
 */
public final class BatchMeters implements MeterBinder {

    private static final String PREFIX = "fasterapi.batch.";

    private final Batchers batchers;

    public BatchMeters(Batchers batchers) {
        this.batchers = batchers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        batchers.watch(batcher -> bind(batcher, registry));
    }

    private static void bind(Batcher<?, ?> batcher, MeterRegistry registry) {
        new Bound(registry, batcher.counters(), Tags.of("batcher", batcher.name())).all();
    }

    /**
     * The meters of one batcher in one registry.
     *
     * @param registry the registry
     * @param counters the counters that they read; the registry refers to them weakly
     * @param tags the tags of each meter
     */
    private record Bound(MeterRegistry registry, BatchCounters counters, Tags tags) {

        void all() {
            counter("items", "Items of batches that have ended", BatchCounters::items);
            counter("failed", "Batches that failed as a whole", BatchCounters::failed);
            dropped("refused", BatchCounters::refused);
            dropped("expired", BatchCounters::expired);
            dropped("cancelled", BatchCounters::cancelled);
            timer(
                    "wait",
                    "How long items waited for their batch",
                    BatchCounters::items,
                    BatchCounters::waitNanos);
            timer(
                    "service",
                    "How long batches took",
                    BatchCounters::batches,
                    BatchCounters::serviceNanos);
            Gauge.builder(PREFIX + "queued", counters, BatchCounters::queued)
                    .description("Items that wait for their batch")
                    .baseUnit("items")
                    .tags(tags)
                    .register(registry);
        }

        private void counter(String name, String text, ToDoubleFunction<BatchCounters> value) {
            FunctionCounter.builder(PREFIX + name, counters, value)
                    .description(text)
                    .tags(tags)
                    .register(registry);
        }

        private void dropped(String cause, ToDoubleFunction<BatchCounters> value) {
            FunctionCounter.builder(PREFIX + "dropped", counters, value)
                    .description("Items that joined no batch")
                    .tags(tags.and("cause", cause))
                    .register(registry);
        }

        private void timer(
                String name,
                String text,
                ToLongFunction<BatchCounters> count,
                ToDoubleFunction<BatchCounters> nanos) {
            FunctionTimer.builder(PREFIX + name, counters, count, nanos, TimeUnit.NANOSECONDS)
                    .description(text)
                    .tags(tags)
                    .register(registry);
        }
    }
}
