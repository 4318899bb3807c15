package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Of what a core has lost the greater measure counts, and never more than has passed. */
class LostTimeTest {

    private static final long MILLI = 1_000_000;

    private final PauseDetector pauses = new PauseDetector();
    private final LostTime lost = new LostTime(pauses);
    private long queuedMillis = 7_000;

    LostTimeTest() {
        lost.attach(() -> queuedMillis * MILLI, 1_000 * MILLI);
    }

    private long look(long millis) {
        lost.look(millis * MILLI);
        return lost.nanos() / MILLI;
    }

    @Test
    void timeWithoutCpuIsLost() {
        queuedMillis += 30;
        assertThat(look(1_009)).isZero(); // that is asked for once in a while
        assertThat(look(1_100)).isEqualTo(30);
        assertThat(look(1_200)).isEqualTo(30);
        queuedMillis += 5;
        assertThat(look(1_300)).isEqualTo(35);
    }

    @Test
    void soIsPausedTime() {
        pauses.looked(1_000 * MILLI);
        pauses.looked(1_400 * MILLI);
        queuedMillis += 100;
        assertThat(look(1_400)).isEqualTo(400);
        queuedMillis += 100;
        assertThat(look(1_440)).isEqualTo(440);
    }

    @Test
    void aNewThreadBeginsAnew() {
        queuedMillis += 30;
        look(1_100);
        lost.attach(() -> 0, 1_100 * MILLI);
        assertThat(look(1_200)).isEqualTo(30);
    }

    /** As a queue has it that was empty meanwhile. */
    @Test
    void whatWasPausedBeforeIsNobodysWaiting() {
        pauses.looked(1_000 * MILLI);
        pauses.looked(1_400 * MILLI);
        LostTime later = new LostTime(pauses);
        later.attach(() -> 0, 1_400 * MILLI);
        later.look(1_500 * MILLI);
        assertThat(later.nanos() / MILLI).isEqualTo(100); // nobody has looked since
        pauses.looked(1_500 * MILLI);
        later.look(1_900 * MILLI);
        assertThat(later.nanos() / MILLI).isEqualTo(500);
    }
}
