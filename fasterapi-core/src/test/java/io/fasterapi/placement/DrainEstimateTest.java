package io.fasterapi.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** By a clock of its own. */
class DrainEstimateTest {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong clock = new AtomicLong(-77);
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong ended = new AtomicLong(1_000_000);
    private final AtomicLong looks = new AtomicLong();
    private final DrainEstimate estimate =
            new DrainEstimate(
                    waiting::get,
                    () -> {
                        looks.incrementAndGet();
                        return ended.get();
                    },
                    clock::get);

    private long after(double seconds, long more) {
        clock.addAndGet((long) (seconds * SECOND));
        ended.addAndGet(more);
        return estimate.nanos();
    }

    @Test
    void nothingIsKnownAtFirst() {
        waiting.set(5_000);
        assertThat(estimate.nanos()).isEqualTo(DrainTime.UNKNOWN_NANOS);
        assertThat(after(0.1, 7)).isEqualTo(DrainTime.UNKNOWN_NANOS);
    }

    @Test
    void whatWaitsTakesAsLongAsItsPaceSays() {
        waiting.set(5_000);
        estimate.nanos();
        assertThat(after(1, 100)).isEqualTo(50 * SECOND);
        waiting.set(50);
        assertThat(after(0.5, 100)).isEqualTo(SECOND / 4);
        waiting.set(0);
        assertThat(after(0.5, 0)).isZero();
        waiting.set(1);
        assertThat(after(0.5, 0)).isEqualTo(SECOND / 2);
    }

    @Test
    void itLooksOnceInAWhile() {
        waiting.set(10);
        estimate.nanos();
        long before = looks.get();
        for (int i = 0; i < 19; i++) {
            assertThat(after(0.01, 1)).isEqualTo(DrainTime.UNKNOWN_NANOS);
        }
        assertThat(looks.get()).isEqualTo(before);
        assertThat(after(0.01, 1)).isEqualTo(SECOND / 10);
        assertThat(looks.get()).isEqualTo(before + 1);
    }

    @Test
    void aQueueThatStandsStillTakesAtLeastAsLongAsThat() {
        waiting.set(10);
        estimate.nanos();
        assertThat(after(0.5, 0)).isEqualTo(DrainTime.UNKNOWN_NANOS);
        for (int seconds = 1; seconds < 40; seconds++) {
            assertThat(after(1, 0)).isEqualTo(Math.max(SECOND, seconds * SECOND + SECOND / 2));
        }
        assertThat(after(0.5, 20)).isEqualTo(20 * SECOND);
    }

    @Test
    void afterALongTimeWithoutALookNothingIsKnown() {
        waiting.set(5_000);
        estimate.nanos();
        after(1, 100);
        assertThat(after(3_600, 100)).isEqualTo(DrainTime.UNKNOWN_NANOS);
        assertThat(after(1, 1_000)).isEqualTo(5 * SECOND);
    }

    @Test
    void ofSeveralTheLongestCounts() {
        waiting.set(1);
        AtomicLong atOther = new AtomicLong(90);
        DrainEstimate idle = new DrainEstimate(() -> 0, () -> 7, clock::get);
        DrainEstimate other = new DrainEstimate(atOther::get, ended::get, clock::get);
        DrainTime all = DrainTime.ofLongest(List.of(idle, other, estimate));
        assertThat(all.nanos()).isEqualTo(DrainTime.UNKNOWN_NANOS);
        clock.addAndGet(SECOND);
        ended.addAndGet(10);
        assertThat(all.nanos()).isEqualTo(9 * SECOND);
        atOther.set(0);
        clock.addAndGet(SECOND);
        ended.addAndGet(10);
        assertThat(all.nanos()).isEqualTo(SECOND / 10);
    }

    @Test
    void aCountThatBeginsAnewIsNoPace() {
        waiting.set(10);
        estimate.nanos();
        assertThat(after(1, -500_000)).isEqualTo(DrainTime.UNKNOWN_NANOS);
        assertThat(after(1, 20)).isEqualTo(SECOND / 2);
    }
}
