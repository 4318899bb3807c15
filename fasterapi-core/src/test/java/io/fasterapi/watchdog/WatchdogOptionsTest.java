package io.fasterapi.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchdogOptionsTest {

    private static final Duration FINE = Duration.ofMillis(100);

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0S", "PT0.003999999S", "PT1H0.000000001S"})
    void limitsOutOfRangeAreRefused(Duration limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WatchdogOptions(limit, FINE))
                .withMessage("loopStall: " + limit + " (expected: from PT0.004S to PT1H)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WatchdogOptions(FINE, limit))
                .withMessage("coreStall: " + limit + " (expected: from PT0.004S to PT1H)");
    }

    @Test
    void looksAreAQuarterOfTheShorterLimitApart() {
        assertThat(WatchdogOptions.defaults().lookNanos()).isEqualTo(5_000_000);
        assertThat(new WatchdogOptions(Duration.ofHours(1), FINE).lookNanos())
                .isEqualTo(25_000_000);
        assertThat(new WatchdogOptions(FINE, WatchdogOptions.SHORTEST).lookNanos())
                .isEqualTo(1_000_000);
    }
}
