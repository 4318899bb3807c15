package io.fasterapi.metrics;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.core.CoreCounters;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.TimeWindowMax;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Registers the meters of the handler cores and their rings, {@code fasterapi.ring.*}, and how many
 * requests are under way.
 */
public final class RingMeters implements MeterBinder {

    /*
     * Registries hold the measured object by a weak reference, so it is always the core itself,
     * which lives as long as its group, and never a lambda made here.
     */
    private final HandlerCores cores;
    private final ConcurrencyLimiter limiter;

    public RingMeters(HandlerCores cores, ConcurrencyLimiter limiter) {
        this.cores = cores;
        this.limiter = limiter;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FasterApiMeter.REQUESTS_ACTIVE.gauge(registry, limiter, ConcurrencyLimiter::count);
        for (HandlerCore core : cores.cores()) {
            Bound bound = new Bound(registry, core, Integer.toString(core.index()));
            bound.ring();
            bound.times();
            bound.batches();
        }
    }

    /**
     * The meters of one core in one registry.
     *
     * @param registry where they are registered
     * @param core what they read
     * @param index their tag
     */
    private record Bound(MeterRegistry registry, HandlerCore core, String index) {

        void ring() {
            counter(FasterApiMeter.RING_PUBLISHED, HandlerCore::published);
            counter(FasterApiMeter.RING_REJECTED, one -> one.counters().rejected());
            counter(FasterApiMeter.RING_MOVED, one -> one.counters().moved());
            counter(FasterApiMeter.RING_REPLACED, HandlerCore::replacements);
            gauge(FasterApiMeter.RING_BACKLOG, HandlerCore::depth);
            FasterApiMeter.RING_OLDEST.timeGauge(registry, core, HandlerCore::oldestNanos, index);
            gauge(FasterApiMeter.RING_OVERLOADED, one -> one.isOverloaded() ? 1 : 0);
            gauge(FasterApiMeter.RING_REMAINING, HandlerCore::remaining);
            gauge(FasterApiMeter.RING_CAPACITY, HandlerCore::capacity);
        }

        void times() {
            timer(FasterApiMeter.RING_WAIT, CoreCounters::waitNanos);
            maximum(FasterApiMeter.RING_WAIT_MAX, CoreCounters::takeMaxWaitNanos);
            timer(FasterApiMeter.RING_SERVICE, CoreCounters::serviceNanos);
            maximum(FasterApiMeter.RING_SERVICE_MAX, CoreCounters::takeMaxServiceNanos);
        }

        void batches() {
            counter(FasterApiMeter.RING_BATCHES, one -> one.counters().batches());
            gauge(FasterApiMeter.RING_BATCH_SIZE, Bound::meanBatch);
            TimeWindowMax largest = window();
            gauge(
                    FasterApiMeter.RING_BATCH_SIZE_MAX,
                    one -> polled(largest, one.counters().takeMaxBatch()));
            counter(
                    FasterApiMeter.RING_COMPLETION_BATCHES,
                    one -> one.counters().completionBatches());
            counter(FasterApiMeter.RING_CONTINUATIONS, one -> one.counters().continuations());
        }

        private static double meanBatch(HandlerCore core) {
            long batches = core.counters().batches();
            return batches == 0 ? 0 : (double) core.counters().taken() / batches;
        }

        private void counter(FasterApiMeter meter, ToDoubleFunction<HandlerCore> value) {
            meter.counter(registry, core, value, index);
        }

        private void gauge(FasterApiMeter meter, ToDoubleFunction<HandlerCore> value) {
            meter.gauge(registry, core, value, index);
        }

        private void timer(FasterApiMeter meter, ToDoubleFunction<CoreCounters> nanos) {
            meter.timer(
                    registry,
                    core,
                    one -> one.counters().taken(),
                    one -> nanos.applyAsDouble(one.counters()),
                    index);
        }

        private void maximum(FasterApiMeter meter, ToLongFunction<CoreCounters> taken) {
            TimeWindowMax largest = window();
            meter.timeGauge(
                    registry,
                    core,
                    one -> polled(largest, taken.applyAsLong(one.counters())),
                    index);
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
