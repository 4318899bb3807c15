package io.fasterapi.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pool promises its users, on threads with and without a stack of their own. */
class ObjectPoolTest {

    private final AtomicInteger made = new AtomicInteger();
    private final List<Thing> discarded = new ArrayList<>();

    /** Dear to make, and nothing that may be compared. */
    private static final class Thing {

        private final int number;
        private String text = "";

        Thing(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            throw new AssertionError("equals: called");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("hashCode: called");
        }

        @Override
        public String toString() {
            throw new AssertionError("toString: called");
        }
    }

    private ObjectPool.Builder<Thing> builder(int perThread, int shared) {
        return ObjectPool.builder("things", () -> new Thing(made.incrementAndGet()))
                .capacity(new PoolCapacity(perThread, shared))
                .onDiscard(discarded::add);
    }

    private static void counts(ObjectPool<?> pool, String expected) {
        PoolCounters counters = pool.counters();
        assertThat(
                        "hits="
                                + counters.hits()
                                + " misses="
                                + counters.misses()
                                + " inUse="
                                + counters.inUse()
                                + " idle="
                                + counters.idle()
                                + " discarded="
                                + counters.discarded()
                                + " lost="
                                + counters.lost())
                .isEqualTo(expected);
    }

    @Test
    void aThreadGetsBackWhatItReleasedLast() {
        ObjectPool<Thing> pool = builder(2, 0).build();
        try (NettyThread thread = new NettyThread()) {
            thread.run(
                    () -> {
                        Thing one = pool.acquire();
                        Thing other = pool.acquire();
                        assertThat(one.number).isEqualTo(1);
                        assertThat(other.number).isEqualTo(2);
                        counts(pool, "hits=0 misses=2 inUse=2 idle=0 discarded=0 lost=0");
                        pool.release(one);
                        pool.release(other);
                        counts(pool, "hits=0 misses=2 inUse=0 idle=2 discarded=0 lost=0");
                        assertThat(pool.acquire() == other).isTrue();
                        assertThat(pool.acquire() == one).isTrue();
                        counts(pool, "hits=2 misses=2 inUse=2 idle=0 discarded=0 lost=0");
                    });
        }
    }

    @Test
    void otherThreadsShare() {
        ObjectPool<Thing> pool = builder(2, 2).build();
        Thing one = pool.acquire();
        pool.release(one);
        try (NettyThread thread = new NettyThread()) {
            assertThat(thread.call(pool::acquire) == one).isTrue();
            thread.run(() -> pool.release(one));
        }
        counts(pool, "hits=1 misses=1 inUse=0 idle=1 discarded=0 lost=0");
        assertThat(pool.acquire() == one).as("left behind by the thread that ended").isTrue();
    }

    /** A stack that is full passes on what it cannot keep; one that is empty is fed. */
    @Test
    void objectsFlowFromTheThreadThatReleasesToTheOneThatAcquires() {
        ObjectPool<Thing> pool = builder(2, 8).build();
        try (NettyThread taker = new NettyThread();
                NettyThread giver = new NettyThread()) {
            for (int i = 0; i < 100; i++) {
                Thing thing = taker.call(pool::acquire);
                giver.run(() -> pool.release(thing));
            }
            counts(pool, "hits=97 misses=3 inUse=0 idle=3 discarded=0 lost=0");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 3, 3", "2, 0, 2", "2, 3, 5"})
    void keepsNoMoreThanItsCapacityAndNeverWaits(int perThread, int shared, int kept) {
        ObjectPool<Thing> pool = builder(perThread, shared).build();
        try (NettyThread thread = new NettyThread()) {
            thread.run(
                    () -> {
                        List<Thing> all = new ArrayList<>();
                        for (int i = 0; i < 10; i++) {
                            all.add(pool.acquire());
                        }
                        all.forEach(pool::release);
                        assertThat(pool.counters().idle()).isEqualTo(kept);
                        assertThat(pool.counters().discarded()).isEqualTo(10 - kept);
                        assertThat(discarded).hasSize(10 - kept);
                    });
        }
    }

    @Test
    void aSecondReleaseIsRefused() {
        ObjectPool<Thing> pool = builder(2, 2).build();
        Thing thing = pool.acquire();
        pool.release(thing);
        assertThatIllegalStateException()
                .isThrownBy(() -> pool.release(thing))
                .withMessageMatching(
                        "pool things: io\\.fasterapi\\.pool\\.ObjectPoolTest\\$Thing@[0-9a-f]+ was"
                                + " released \\(expected: in use, but it was released before\\)");
        counts(pool, "hits=0 misses=1 inUse=0 idle=1 discarded=0 lost=0");
        assertThat(pool.acquire() == thing).isTrue();
        assertThat(pool.acquire() == thing).isFalse();
    }

    @Test
    void foreignObjectsAndThoseDiscardedBeforeAreRefused() {
        ObjectPool<Thing> pool = builder(0, 0).build();
        Thing gone = pool.acquire();
        pool.release(gone);
        for (Thing thing : List.of(new Thing(7), gone)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> pool.release(thing))
                    .withMessageContaining("pool things: ")
                    .withMessageContaining("Thing@")
                    .withMessageContaining("(expected: acquired from this pool");
        }
        assertThatNullPointerException().isThrownBy(() -> pool.release(null));
        counts(pool, "hits=0 misses=1 inUse=0 idle=0 discarded=1 lost=0");
    }

    @Test
    void aFactoryMustMakeNewObjects() {
        Thing same = new Thing(1);
        ObjectPool<Thing> pool = ObjectPool.builder("same", () -> same).build();
        pool.acquire();
        assertThatIllegalStateException()
                .isThrownBy(pool::acquire)
                .withMessageContaining("was made by the factory (expected: a new object each time");
        ObjectPool<Thing> none = ObjectPool.<Thing>builder("none", () -> null).build();
        assertThatNullPointerException()
                .isThrownBy(none::acquire)
                .withMessageContaining("factory of pool none");
        counts(none, "hits=0 misses=0 inUse=0 idle=0 discarded=0 lost=0");
    }

    @Test
    void hooksRunOnReleaseResetFirst() {
        ObjectPool<Thing> pool =
                builder(2, 2)
                        .reset(thing -> thing.text = thing.text.replace("secret", ""))
                        .validate(thing -> thing.text.isEmpty())
                        .build();
        Thing thing = pool.acquire();
        thing.text = "secret";
        pool.release(thing);
        assertThat(pool.acquire() == thing).isTrue();
        assertThat(thing.text).isEmpty();
        thing.text = "grown";
        pool.release(thing);
        assertThat(discarded).hasSize(1);
        assertThat(pool.acquire() == thing).isFalse();
        counts(pool, "hits=1 misses=2 inUse=1 idle=0 discarded=1 lost=0");
    }

    @Test
    void anObjectWhoseHookFailsIsDiscarded() {
        ObjectPool<Thing> pool =
                builder(2, 2)
                        .reset(
                                thing -> {
                                    throw new IllegalArgumentException("stuck");
                                })
                        .build();
        Thing thing = pool.acquire();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> pool.release(thing))
                .withMessage("stuck");
        assertThat(discarded).hasSize(1);
        counts(pool, "hits=0 misses=1 inUse=0 idle=0 discarded=1 lost=0");
    }

    @Test
    void aScopeReleasesWhateverHappens() throws IOException {
        ObjectPool<Thing> pool = builder(2, 2).build();
        int number = pool.use(thing -> thing.number);
        assertThat(number).isEqualTo(1);
        counts(pool, "hits=0 misses=1 inUse=0 idle=1 discarded=0 lost=0");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () ->
                                pool.use(
                                        thing -> {
                                            throw new IOException("full");
                                        }))
                .withMessage("full");
        counts(pool, "hits=1 misses=1 inUse=0 idle=1 discarded=0 lost=0");
        String nothing = pool.use(thing -> null);
        assertThat(nothing).isNull();
    }

    @Test
    void aScopeKeepsTheFailureOfItsAction() {
        ObjectPool<Thing> pool =
                builder(2, 2)
                        .reset(
                                thing -> {
                                    throw new IllegalArgumentException("stuck");
                                })
                        .build();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () ->
                                pool.use(
                                        thing -> {
                                            throw new IOException("full");
                                        }))
                .withMessage("full")
                .satisfies(ex -> assertThat(ex.getSuppressed()).hasSize(1));
    }

    @Test
    void anObjectMustNotLeaveItsScope() {
        ObjectPool<Thing> pool = builder(2, 2).build();
        assertThatIllegalStateException()
                .isThrownBy(() -> pool.use(thing -> thing))
                .withMessageContaining("(expected: kept inside use())");
        counts(pool, "hits=0 misses=1 inUse=0 idle=0 discarded=1 lost=0");
    }

    @Test
    void aCloseDiscardsWhatIsIdleAndLaterWhatIsReleased() {
        ObjectPool<Thing> pool = builder(2, 2).build();
        try (NettyThread thread = new NettyThread()) {
            Thing used = pool.acquire();
            Thing shared = pool.acquire();
            thread.run(() -> pool.release(pool.acquire()));
            pool.release(shared);
            counts(pool, "hits=0 misses=3 inUse=1 idle=2 discarded=0 lost=0");

            pool.close();
            pool.close();
            assertThat(discarded).hasSize(2);
            counts(pool, "hits=0 misses=3 inUse=1 idle=0 discarded=2 lost=0");

            pool.release(used);
            thread.run(() -> pool.release(pool.acquire()));
            counts(pool, "hits=0 misses=4 inUse=0 idle=0 discarded=4 lost=0");
        }
        counts(pool, "hits=0 misses=4 inUse=0 idle=0 discarded=4 lost=0");
    }

    @Test
    void aThreadThatEndsLeavesNoMoreThanThereIsRoomFor() {
        ObjectPool<Thing> pool = builder(4, 1).build();
        try (NettyThread thread = new NettyThread()) {
            thread.run(
                    () -> {
                        List<Thing> all = List.of(pool.acquire(), pool.acquire(), pool.acquire());
                        all.forEach(pool::release);
                    });
            counts(pool, "hits=0 misses=3 inUse=0 idle=3 discarded=0 lost=0");
        }
        counts(pool, "hits=0 misses=3 inUse=0 idle=1 discarded=2 lost=0");
    }

    @Test
    void anObjectThatIsNeverReleasedIsCollectedAndCounted() {
        ObjectPool<Thing> pool = builder(2, 2).build();
        pool.acquire();
        await().until(
                        () -> {
                            System.gc();
                            return pool.counters().lost() == 1;
                        });
        counts(pool, "hits=0 misses=1 inUse=0 idle=0 discarded=0 lost=1");
    }
}
