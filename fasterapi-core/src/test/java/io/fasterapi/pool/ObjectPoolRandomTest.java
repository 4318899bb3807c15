package io.fasterapi.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that acquire, release and hand over at random never have one object at a time. */
class ObjectPoolRandomTest {

    private static final int STEPS = 20_000;
    private static final int HELD = 6;

    /** Knows whether it is in use. */
    private static final class Thing {

        private final AtomicInteger owners = new AtomicInteger();

        void taken() {
            assertThat(owners.incrementAndGet()).isEqualTo(1);
        }

        void given() {
            assertThat(owners.decrementAndGet()).isZero();
        }
    }

    private final ObjectPool<Thing> pool =
            ObjectPool.builder("things", Thing::new).capacity(new PoolCapacity(2, 3)).build();
    private final Queue<Thing> handedOver = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyObjectHasOneOwner(long seed) throws Exception {
        run(seed, false);

        PoolCounters counters = pool.counters();
        assertThat(counters.inUse()).isZero();
        assertThat(counters.lost()).isZero();
        assertThat(counters.idle()).isBetween(0L, 3L); // the threads and their stacks have gone
        assertThat(counters.idle() + counters.discarded()).isEqualTo(counters.misses());
        assertThat(counters.hits()).isPositive();
        pool.close();
        assertThat(counters.idle()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void aCloseInBetweenLeavesNothingIdle(long seed) throws Exception {
        run(seed, true);

        PoolCounters counters = pool.counters();
        assertThat(counters.inUse()).isZero();
        assertThat(counters.idle()).isZero();
        assertThat(counters.discarded()).isEqualTo(counters.misses());
    }

    private void run(long seed, boolean closing) throws Exception {
        ThreadFactory plain = Executors.defaultThreadFactory();
        ThreadFactory netty = new DefaultThreadFactory("random", true);
        List<Thread> started = new ArrayList<>();
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        4,
                        task -> {
                            ThreadFactory kind = started.size() % 2 == 0 ? plain : netty;
                            Thread thread = kind.newThread(task);
                            started.add(thread);
                            return thread;
                        });
        List<Future<Boolean>> ends = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ends.add(threads.submit(actor(seed * 31 + i, closing && i == 0)));
        }
        for (Future<Boolean> end : ends) {
            assertThat(end.get(60, TimeUnit.SECONDS)).isTrue();
        }
        threads.shutdown();
        for (Thread thread : started) {
            thread.join(20_000); // also of what it does after its last task
            assertThat(thread.isAlive()).isFalse();
        }
        for (Thing left = handedOver.poll(); left != null; left = handedOver.poll()) {
            release(left);
        }
    }

    private Callable<Boolean> actor(long seed, boolean closing) {
        Random random = new Random(seed);
        List<Thing> held = new ArrayList<>();
        return () -> {
            for (int step = 0; step < STEPS; step++) {
                if (closing && step == STEPS / 2) {
                    pool.close();
                }
                step(random, held);
            }
            held.forEach(this::release);
            return true;
        };
    }

    private void step(Random random, List<Thing> held) {
        switch (random.nextInt(4)) {
            case 0 -> {
                if (!held.isEmpty()) {
                    handedOver.add(held.remove(random.nextInt(held.size())));
                }
            }
            case 1 -> {
                Thing other = handedOver.poll();
                if (other != null) {
                    release(other);
                }
            }
            default -> {
                if (held.size() < HELD && random.nextBoolean()) {
                    Thing thing = pool.acquire();
                    thing.taken();
                    held.add(thing);
                } else if (!held.isEmpty()) {
                    release(held.remove(random.nextInt(held.size())));
                }
            }
        }
    }

    private void release(Thing thing) {
        thing.given();
        pool.release(thing);
    }
}
