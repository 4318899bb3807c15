package io.fasterapi.spring.failures;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.CapturedLog;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** An error of the JVM that a scheduler's task ends in reaches no subscriber, in stock neither. */
class StrayErrorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"core", "inline"})
    void theDeadlineAnswersAndTheLogNamesTheRoute(String placement) throws IOException {
        try (RunningApplication application =
                        RunningApplication.start(
                                Application.class,
                                "fasterapi.placement.default=" + placement,
                                "fasterapi.deadline-header=X-Budget");
                CapturedLog log = new CapturedLog("io.fasterapi.spring.server")) {
            assertThat(application.exchange(request("GET", "/stray", "X-Budget: 500")).status())
                    .isEqualTo(503);

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("ERROR StrayErrors FasterAPI: java.lang.InternalError: stray on ")
                    .endsWith("only a deadline ends it: GET /stray (1)");
            application.awaitIdle();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/stray")
        Mono<String> stray() {
            return Mono.delay(Duration.ofMillis(1))
                    .map(
                            tick -> {
                                throw new InternalError("stray");
                            });
        }
    }
}
