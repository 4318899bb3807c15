package io.fasterapi.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.pool.ObjectPool;
import io.fasterapi.pool.ObjectPools;
import io.fasterapi.pool.PoolCapacity;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class PoolMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ObjectPools pools = new ObjectPools(name -> new PoolCapacity(0, 1));

    @Test
    void everyPoolHasItsMetersAlsoALaterOne() {
        pools.create("first", Object::new);
        new PoolMeters(pools).bindTo(registry);
        pools.create("second", Object::new);
        for (String pool : new String[] {"first", "second"}) {
            assertThat(registry.getMeters())
                    .filteredOn(
                            meter -> Tags.of(meter.getId().getTags()).equals(Tags.of("pool", pool)))
                    .extracting(meter -> meter.getId().getName())
                    .containsExactlyInAnyOrder(
                            "fasterapi.pool.hits",
                            "fasterapi.pool.misses",
                            "fasterapi.pool.in.use",
                            "fasterapi.pool.idle",
                            "fasterapi.pool.discarded",
                            "fasterapi.pool.lost");
        }
        assertThat(registry.getMeters()).hasSize(12);
    }

    @Test
    void valuesAreThePoolsOwn() {
        new PoolMeters(pools).bindTo(registry);
        ObjectPool<Object> pool = pools.create("things", Object::new);
        Object one = pool.acquire();
        Object two = pool.acquire();
        Object three = pool.acquire();
        pool.release(one);
        pool.release(two);
        pool.acquire();

        assertThat(three).isNotNull();
        assertThat(value("misses")).isEqualTo(3);
        assertThat(value("hits")).isEqualTo(1);
        assertThat(value("in.use")).isEqualTo(2);
        assertThat(value("idle")).isZero();
        assertThat(value("discarded")).isEqualTo(1);
        assertThat(value("lost")).isZero();
    }

    private double value(String name) {
        return registry.get("fasterapi.pool." + name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }
}
