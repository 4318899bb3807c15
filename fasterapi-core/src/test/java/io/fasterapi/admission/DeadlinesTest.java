package io.fasterapi.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fasterapi.http.Deadline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shorter of two times counts, and what is no time is not heard. */
class DeadlinesTest {

    private static final String BUDGET = "X-Budget";

    @ParameterizedTest
    @CsvSource({
        "3600000, 60000, 60000",
        "60000, 3600000, 60000",
        "60000, , 60000",
        ", 60000, 60000",
        ", 0, 0",
        "60000, 0, 0",
        ", 999999999999, 999999999999",
    })
    void shorter(@Nullable Long timeout, @Nullable String budget, long expected) {
        Deadline deadline =
                new Deadlines(timeout == null ? null : Duration.ofMillis(timeout), BUDGET)
                        .of(headers(budget));
        assertThat(deadline).isNotNull();
        assertThat(deadline.remaining().toMillis())
                .isBetween(Math.max(0, expected - 30_000), expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+1", "1.5", "1e3", "soon", " 1", "1 ", "1000000000000", "\u0661"})
    void noTime(String budget) {
        assertThat(new Deadlines(null, BUDGET).of(headers(budget))).isNull();
    }

    @Test
    void nobodySaysAnything() {
        assertThat(Deadlines.none().isAny()).isFalse();
        assertThat(Deadlines.none().of(headers("5"))).isNull();
        assertThat(new Deadlines(null, BUDGET).of(headers(null))).isNull();
    }

    @Test
    void timeoutsAreMoreThanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Deadlines(Duration.ZERO, null))
                .withMessageContaining("expected: more than 0");
    }

    private static HttpHeaders headers(@Nullable String budget) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders(false);
        if (budget != null) {
            headers.set(BUDGET, budget);
        }
        return headers;
    }
}
