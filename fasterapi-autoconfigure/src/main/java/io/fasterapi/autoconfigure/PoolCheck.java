package io.fasterapi.autoconfigure;

import io.fasterapi.autoconfigure.FasterApiProperties.Pool;
import io.fasterapi.pool.PoolCapacity;
import java.util.Map;

/** Refuses capacities that no pool can have, by the full name of their property. */
final class PoolCheck {

    private PoolCheck() {}

    static void check(Map<String, Pool> pools) {
        pools.forEach(
                (name, pool) -> {
                    String property = "fasterapi.pools." + name;
                    if (pool.perThread() < 0 || pool.perThread() > PoolCapacity.MAX_PER_THREAD) {
                        throw InvalidProperty.of(
                                property + ".per-thread",
                                pool.perThread(),
                                "a number from 0 to " + PoolCapacity.MAX_PER_THREAD);
                    }
                    if (pool.shared() < 0 || pool.shared() > PoolCapacity.MAX_SHARED) {
                        throw InvalidProperty.of(
                                property + ".shared",
                                pool.shared(),
                                "a number from 0 to " + PoolCapacity.MAX_SHARED);
                    }
                });
    }
}
