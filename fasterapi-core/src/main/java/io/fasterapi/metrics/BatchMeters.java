package io.fasterapi.metrics;

import io.fasterapi.batch.BatchCounters;
import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.Batchers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Registers the meters of batchers: {@code fasterapi.batch.*}. A batcher that is created later is
 * added when it is.
 */
public final class BatchMeters implements MeterBinder {

    private final Batchers batchers;

    public BatchMeters(Batchers batchers) {
        this.batchers = batchers;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        batchers.watch(batcher -> bind(batcher, registry));
    }

    private static void bind(Batcher<?, ?> batcher, MeterRegistry registry) {
        BatchCounters all = batcher.counters();
        String name = batcher.name();
        FasterApiMeter.BATCH_ITEMS.counter(registry, all, BatchCounters::items, name);
        FasterApiMeter.BATCH_FAILED.counter(registry, all, BatchCounters::failed, name);
        FasterApiMeter dropped = FasterApiMeter.BATCH_DROPPED;
        dropped.counter(registry, all, BatchCounters::refused, name, "refused");
        dropped.counter(registry, all, BatchCounters::expired, name, "expired");
        dropped.counter(registry, all, BatchCounters::cancelled, name, "cancelled");
        FasterApiMeter.BATCH_WAIT.timer(
                registry, all, BatchCounters::items, BatchCounters::waitNanos, name);
        FasterApiMeter.BATCH_SERVICE.timer(
                registry, all, BatchCounters::batches, BatchCounters::serviceNanos, name);
        FasterApiMeter.BATCH_QUEUED.gauge(registry, all, BatchCounters::queued, name);
    }
}
