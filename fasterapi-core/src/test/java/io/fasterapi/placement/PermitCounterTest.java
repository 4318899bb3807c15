package io.fasterapi.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Permits are taken and given back on four threads in turn, each of which has its own stripe. */
class PermitCounterTest {

    private static final int THREADS = 4;
    private static final long LARGE = 4_096;

    private final ExecutorService[] threads =
            Stream.generate(
                            () ->
                                    Executors.newSingleThreadExecutor(
                                            new DefaultThreadFactory("stripe", true)))
                    .limit(THREADS)
                    .toArray(ExecutorService[]::new);

    @AfterEach
    void stop() {
        for (ExecutorService thread : threads) {
            thread.shutdownNow();
        }
    }

    private static PermitCounter limited(long limit) {
        return new PermitCounter(new Stripes(THREADS), limit);
    }

    private <T> T on(int thread, Supplier<T> action) {
        try {
            return threads[thread].submit(action::get).get();
        } catch (InterruptedException | ExecutionException ex) {
            throw new AssertionError(ex);
        }
    }

    private boolean take(PermitCounter permits, int thread, long limit) {
        return on(thread, () -> permits.take(limit));
    }

    private void giveBack(PermitCounter permits, int thread) {
        on(thread, permits::giveBack);
    }

    @Test
    void asManyAsTheLimitWhoeverTakesThem() {
        for (long limit : new long[] {1, 2, 15, 16, 100, LARGE}) {
            PermitCounter permits = limited(limit);
            for (int i = 0; i < limit; i++) {
                assertThat(permits.isUsedUp(limit)).isFalse();
                assertThat(take(permits, i % THREADS, limit)).isTrue();
            }
            for (int thread = 0; thread < THREADS; thread++) {
                assertThat(take(permits, thread, limit)).isFalse();
            }
            assertThat(permits.isUsedUp(limit)).isTrue();
            assertThat(permits.inUse()).isEqualTo(limit);
        }
    }

    /** One thread keeps what the others need. */
    @Test
    void whatIsKeptElsewhereIsCollected() {
        PermitCounter permits = limited(LARGE);
        for (int i = 0; i < LARGE; i++) {
            take(permits, 0, LARGE);
        }
        for (int i = 0; i < LARGE; i++) {
            giveBack(permits, i % THREADS);
        }
        assertThat(permits.inUse()).isZero();
        for (int i = 0; i < LARGE; i++) {
            assertThat(take(permits, 3, LARGE)).isTrue();
        }
        giveBack(permits, 2);
        assertThat(take(permits, 1, LARGE)).isTrue();
        assertThat(take(permits, 1, LARGE)).isFalse();
    }

    @Test
    void aThreadKeepsTwoChunksAtMost() {
        Stripes stripes = new Stripes(THREADS);
        PermitCounter permits = new PermitCounter(stripes, LARGE);
        for (int i = 0; i < 1_000; i++) {
            take(permits, 0, LARGE);
        }
        for (int i = 0; i < 1_000; i++) {
            giveBack(permits, 1);
        }
        assertThat(stripes.get(Stripes.SHARED)).isLessThanOrEqualTo(3 * 64);
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void aLimitOfOneServesOneAfterTheOther() {
        PermitCounter permits = limited(1);
        for (int i = 0; i < 100; i++) {
            assertThat(take(permits, i % THREADS, 1)).isTrue();
            assertThat(take(permits, (i + 1) % THREADS, 1)).isFalse();
            giveBack(permits, (i + 2) % THREADS);
        }
        assertThat(permits.used()).isEqualTo(100);
    }

    /** As long as a thread takes and gives back, the line that all share stays where it is. */
    @Test
    void aThreadComesToTheSharedCountOnceForManyPermits() {
        Stripes stripes = new Stripes(THREADS);
        PermitCounter permits = new PermitCounter(stripes, LARGE);
        take(permits, 0, LARGE);
        giveBack(permits, 0);
        long lent = stripes.get(Stripes.SHARED);
        assertThat(lent).isGreaterThan(1);
        for (int i = 0; i < 1_000; i++) {
            take(permits, 0, LARGE);
            giveBack(permits, 0);
            assertThat(stripes.get(Stripes.SHARED)).isEqualTo(lent);
        }
    }

    @Test
    void withoutALimitNothingIsLent() {
        Stripes stripes = new Stripes(THREADS);
        PermitCounter permits = new PermitCounter(stripes, Long.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            assertThat(take(permits, i % THREADS, Long.MAX_VALUE)).isTrue();
        }
        on(
                0,
                () -> {
                    permits.takeAnyway();
                    return 0;
                });
        giveBack(permits, 1);
        assertThat(permits.inUse()).isEqualTo(100);
        assertThat(permits.isUsedUp(Long.MAX_VALUE)).isFalse();
        assertThat(stripes.get(Stripes.SHARED)).isZero();
    }

    /** Those that are taken anyway count for the others. */
    @Test
    void beyondTheLimitNoneIsTaken() {
        PermitCounter permits = limited(LARGE);
        for (int i = 0; i < LARGE + 10; i++) {
            permits.takeAnyway();
        }
        for (int i = 0; i < 11; i++) {
            assertThat(take(permits, 0, LARGE)).isFalse();
            giveBack(permits, 0);
        }
        assertThat(take(permits, 1, LARGE)).isTrue();
        assertThat(permits.inUse()).isEqualTo(LARGE);
    }

    @Test
    void aLimitThatChangesIsExact() {
        PermitCounter permits = PermitCounter.changing(new Stripes(THREADS));
        assertThat(take(permits, 0, 2)).isTrue();
        assertThat(take(permits, 1, 2)).isTrue();
        assertThat(take(permits, 2, 2)).isFalse();
        assertThat(take(permits, 2, 3)).isTrue();
        assertThat(permits.isUsedUp(2)).isTrue();
        assertThat(permits.isUsedUp(4)).isFalse();
        assertThat(on(3, permits::giveBack)).isEqualTo(3);
        assertThat(take(permits, 3, 1)).isFalse();
    }

    @Test
    void noTwoThreadsShareLines() {
        Stripes stripes = new Stripes(THREADS);
        long numbers = (long) Stripes.NUMBERS * Long.BYTES;
        for (int i = 0; i <= THREADS; i++) {
            long next = i == THREADS ? stripes.length() : stripes.at(i);
            long before = i == 0 ? Stripes.SHARED : stripes.at(i - 1);
            assertThat((next - before) * Long.BYTES - numbers).isGreaterThanOrEqualTo(128);
        }
        assertThat(Stripes.SHARED * Long.BYTES).isGreaterThanOrEqualTo(128);
    }
}
