package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {

    private static final long MILLI = 1_000_000;

    @Test
    void risesWhileNothingWaitsAndFallsWhenRequestsTakeLonger() {
        AdaptiveLimit limit = new AdaptiveLimit(1_000);
        long time = 0;
        for (int i = 0; i < 20_000; i++, time += MILLI) {
            limit.ended(time, 10 * MILLI, limit.now(), false);
        }
        int calm = limit.now();
        assertThat(calm).isGreaterThan(100);

        for (int i = 0; i < 20_000; i++, time += MILLI) {
            limit.ended(time, 200 * MILLI, limit.now(), false);
        }
        assertThat(limit.now()).isLessThan(calm / 2);
    }

    @Test
    void staysWithinWhatIsAllowed() {
        AdaptiveLimit small = new AdaptiveLimit(2);
        assertThat(small.now()).isEqualTo(2);
        assertThat(small.isLearning()).isTrue();
    }
}
