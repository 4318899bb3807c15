package io.fasterapi.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectPoolsTest {

    private final ObjectPools pools =
            new ObjectPools(
                    name ->
                            name.equals("small")
                                    ? new PoolCapacity(1, 2)
                                    : PoolCapacity.defaults());

    @Test
    void capacitiesAreThoseOfTheName() {
        assertThat(pools.create("small", Object::new).capacity()).isEqualTo(new PoolCapacity(1, 2));
        assertThat(pools.create("other", Object::new).capacity())
                .isEqualTo(new PoolCapacity(4, 64));
        assertThat(
                        pools.create(
                                        "own",
                                        Object::new,
                                        pool -> pool.capacity(new PoolCapacity(0, 9)))
                                .capacity())
                .isEqualTo(new PoolCapacity(0, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Templates", "my pool", "a.b", "-a", "a-", "a--b", "9a", "a_b"})
    void namesAreWhatPropertiesCanSay(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pools.create(name, Object::new))
                .withMessage(
                        "name: " + name + " (expected: lower-case letters, digits and hyphens)");
    }

    @Test
    void aNameIsTakenOnce() {
        pools.create("json-2", Object::new);
        assertThatIllegalStateException()
                .isThrownBy(() -> pools.create("json-2", Object::new))
                .withMessage("pool json-2: exists already (expected: another name)");
    }

    @Test
    void watchersSeeEveryPoolOnce() {
        List<String> seen = new ArrayList<>();
        pools.create("before", Object::new);
        pools.watch(pool -> seen.add(pool.name()));
        pools.create("after", Object::new);
        assertThat(seen).containsExactly("before", "after");
        assertThat(pools.pools()).extracting(ObjectPool::name).containsExactly("before", "after");
    }

    @Test
    void aCloseClosesAllAndEndsCreation() {
        ObjectPool<Object> pool = pools.create("one", Object::new);
        pool.release(pool.acquire());
        pools.close();
        assertThat(pool.counters().discarded()).isEqualTo(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> pools.create("late", Object::new))
                .withMessage(
                        "pool late: created after the ObjectPools were closed (expected: before)");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 'perThread: -1 (expected: 0 to 1024)'",
        "1025, 0, 'perThread: 1025 (expected: 0 to 1024)'",
        "0, -1, 'shared: -1 (expected: 0 to 1048576)'",
        "0, 1048577, 'shared: 1048577 (expected: 0 to 1048576)'"
    })
    void capacitiesHaveLimits(int perThread, int shared, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PoolCapacity(perThread, shared))
                .withMessage(message);
    }
}
