package io.fasterapi.metrics;

import io.fasterapi.pool.ObjectPool;
import io.fasterapi.pool.ObjectPools;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Registers the meters of object pools: {@code fasterapi.pool.*}. A pool that is created later is
 * added when it is.
 */
public final class PoolMeters implements MeterBinder {

    private final ObjectPools pools;

    public PoolMeters(ObjectPools pools) {
        this.pools = pools;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        pools.watch(pool -> bind(pool, registry));
    }

    private static void bind(ObjectPool<?> pool, MeterRegistry registry) {
        String name = pool.name();
        FasterApiMeter.POOL_HITS.counter(registry, pool, p -> p.counters().hits(), name);
        FasterApiMeter.POOL_MISSES.counter(registry, pool, p -> p.counters().misses(), name);
        FasterApiMeter.POOL_DISCARDED.counter(registry, pool, p -> p.counters().discarded(), name);
        FasterApiMeter.POOL_LOST.counter(registry, pool, p -> p.counters().lost(), name);
        FasterApiMeter.POOL_IN_USE.gauge(registry, pool, p -> p.counters().inUse(), name);
        FasterApiMeter.POOL_IDLE.gauge(registry, pool, p -> p.counters().idle(), name);
    }
}
