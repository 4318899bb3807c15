package io.fasterapi.metrics;

import io.fasterapi.pool.ObjectPool;
import io.fasterapi.pool.ObjectPools;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * Publishes the counters of object pools. Meters are read only when they are scraped. The tag
 * {@code pool} is the pool's name. A pool that is created later gets its meters then.
 */
public final class PoolMeters implements MeterBinder {

    private static final String PREFIX = "fasterapi.pool.";

    private final ObjectPools pools;

    public PoolMeters(ObjectPools pools) {
        this.pools = pools;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        pools.watch(pool -> new Bound(registry, pool, Tags.of("pool", pool.name())).all());
    }

    /**
     * The meters of one pool in one registry.
     *
     * @param registry the registry
     * @param pool the pool that they read; the registry refers to it weakly
     * @param tags the tags of each meter
     */
    private record Bound(MeterRegistry registry, ObjectPool<?> pool, Tags tags) {

        void all() {
            counter("hits", "Acquisitions that reused an idle object", p -> p.counters().hits());
            counter("misses", "Acquisitions that made an object", p -> p.counters().misses());
            counter(
                    "discarded",
                    "Objects given up: no room, found unfit, or the pool was closed",
                    p -> p.counters().discarded());
            counter(
                    "lost",
                    "Objects that became garbage without having been released",
                    p -> p.counters().lost());
            gauge("in.use", "Objects in use", p -> p.counters().inUse());
            gauge("idle", "Objects that wait for their next use", p -> p.counters().idle());
        }

        private void counter(String name, String text, ToDoubleFunction<ObjectPool<?>> value) {
            FunctionCounter.builder(PREFIX + name, pool, value)
                    .description(text)
                    .tags(tags)
                    .register(registry);
        }

        private void gauge(String name, String text, ToDoubleFunction<ObjectPool<?>> value) {
            Gauge.builder(PREFIX + name, pool, value)
                    .description(text)
                    .baseUnit("objects")
                    .tags(tags)
                    .register(registry);
        }
    }
}
