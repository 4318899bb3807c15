package io.fasterapi.samples.quickstart.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fasterapi.samples.quickstart.compare.SideBySideController.Wish;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;

class SideBySideControllerTest {

    private static final Duration UNUSED = Duration.ZERO;

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, true, FORBIDDEN, A comparison takes the whole machine.",
        "127.0.0.1, false, CONFLICT, FasterAPI is off (fasterapi.enabled=false)."
    })
    void refusesInASentence(String caller, String on, HttpStatus status, String sentence) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        SideBySideController controller =
                new SideBySideController(
                        new SideBySide(
                                new SideBySideProperties(UNUSED, UNUSED, UNUSED),
                                new StockContext(
                                        () -> {
                                            throw new AssertionError("started");
                                        },
                                        timer,
                                        UNUSED)),
                        new MockEnvironment().withProperty("fasterapi.enabled", on));
        assertThatThrownBy(
                        () ->
                                controller.compare(
                                        new Wish("/json", 2_000),
                                        MockServerHttpRequest.post("/side-by-side")
                                                .remoteAddress(new InetSocketAddress(caller, 1))
                                                .build()))
                .isInstanceOfSatisfying(
                        ResponseStatusException.class,
                        ex -> {
                            assertThat(ex.getStatusCode()).isEqualTo(status);
                            assertThat(ex.getReason()).startsWith(sentence);
                        });
        timer.shutdownNow();
    }
}
