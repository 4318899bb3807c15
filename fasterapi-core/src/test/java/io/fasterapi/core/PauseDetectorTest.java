package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PauseDetectorTest {

    private static final long MILLI = 1_000_000;

    private final PauseDetector pauses = new PauseDetector();

    private void look(long... millis) {
        for (long at : millis) {
            pauses.looked(at * MILLI);
        }
    }

    private long total(long nowMillis) {
        return pauses.totalNanos(nowMillis * MILLI) / MILLI;
    }

    @Test
    void aPauseCountsForAsLongAsItTook() {
        look(1_000, 1_010, 1_020);
        assertThat(total(1_030)).isZero();
        look(1_120, 1_130);
        assertThat(total(1_135)).isEqualTo(100);
    }

    @Test
    void soDoesOneThatHasNotEnded() {
        look(1_000, 1_010);
        assertThat(total(1_060)).isZero();
        assertThat(total(1_061)).isEqualTo(51);
    }

    @Test
    void pausesAddUp() {
        for (int i = 0; i <= 20; i++) {
            look(1_000 + 100L * i);
        }
        assertThat(total(3_000)).isEqualTo(2_000);
    }

    @Test
    void whereNobodyLooksThereIsNone() {
        assertThat(total(1_000)).isZero();
        look(1_000, 1_100);
        pauses.unwatched();
        assertThat(total(5_000)).isEqualTo(100);
        look(6_000);
        assertThat(total(6_000)).isEqualTo(100);
    }
}
