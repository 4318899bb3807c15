package io.fasterapi.cores;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PausesTest {

    private static final long MILLI = 1_000_000;

    private final Pauses pauses = new Pauses();

    private void look(long... millis) {
        for (long at : millis) {
            pauses.looked(at * MILLI);
        }
    }

    private long since(long momentMillis, long nowMillis) {
        return pauses.since(momentMillis * MILLI, nowMillis * MILLI) / MILLI;
    }

    @Test
    void aPauseCountsForAsLongAsItTook() {
        look(0, 10, 20, 120, 130);
        assertThat(since(0, 135)).isEqualTo(100);
        assertThat(since(100, 135)).isEqualTo(20);
        assertThat(since(125, 135)).isZero();
    }

    @Test
    void soDoesOneThatHasNotEnded() {
        look(0, 10);
        assertThat(since(5, 60)).isZero();
        assertThat(since(5, 61)).isEqualTo(51);
        assertThat(since(40, 61)).isEqualTo(21);
    }

    @Test
    void pausesAddUpAndOldOnesAreForgotten() {
        for (int i = 0; i <= 20; i++) {
            look(100L * i);
        }
        assertThat(since(1_800, 2_000)).isEqualTo(200);
        assertThat(since(0, 2_000)).isEqualTo(1_600);
    }

    @Test
    void whereNobodyLooksThereIsNone() {
        assertThat(since(0, 1_000)).isZero();
        look(0, 100);
        pauses.unwatched();
        assertThat(since(0, 1_000)).isZero();
    }
}
