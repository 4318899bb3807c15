package io.fasterapi.placement;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More threads than stripes take permits and give them back at the same time. */
class PermitCounterConcurrencyTest {

    private static final int THREADS = 6;
    private static final int ROUNDS = 20_000;

    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, new DefaultThreadFactory("permits", true));

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 16, 40, 200, 100_000})
    void neverMoreThanTheLimitAndNoneIsLost(long limit) throws Exception {
        PermitCounter permits = new PermitCounter(new Stripes(4), limit);
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        AtomicLong taken = new AtomicLong();
        CyclicBarrier begin = new CyclicBarrier(THREADS);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(
                    threads.submit(
                            () -> {
                                begin.await();
                                int mine = 0;
                                for (int round = 0; round < ROUNDS; round++) {
                                    if (ThreadLocalRandom.current().nextBoolean()
                                            && permits.take(limit)) {
                                        mine++;
                                        taken.incrementAndGet();
                                        most.accumulateAndGet(held.incrementAndGet(), Math::max);
                                    } else if (mine > 0) {
                                        mine--;
                                        held.decrementAndGet();
                                        permits.giveBack();
                                    }
                                }
                                while (mine-- > 0) {
                                    held.decrementAndGet();
                                    permits.giveBack();
                                }
                                return null;
                            }));
        }
        for (Future<?> each : all) {
            each.get(60, SECONDS);
        }
        assertThat(most.get()).isBetween(1L, limit);
        assertThat(permits.inUse()).isZero();
        assertThat(permits.used()).isEqualTo(taken.get());
        for (int i = 0; i < Math.min(limit, 1_000); i++) {
            assertThat(permits.take(limit)).isTrue();
        }
        assertThat(permits.take(limit)).isEqualTo(limit > 1_000);
    }
}
