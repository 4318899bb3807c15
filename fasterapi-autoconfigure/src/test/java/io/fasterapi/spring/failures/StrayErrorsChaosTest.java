package io.fasterapi.spring.failures;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.testing.CapturedLog;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** An error of the JVM that a scheduler's task ends in reaches no subscriber, in stock neither. */
class StrayErrorsChaosTest {

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

            assertNamesTheRoute(log);
            application.awaitIdle();
        }
    }

    /** The count tells that it began there: on its event loop nothing else counts it. */
    @Test
    void oneThatBeganBeforeReactorNettySawItEndsWithItsClient() throws IOException {
        try (RunningApplication application =
                        RunningApplication.start(
                                List.of(Application.class, Passing.class),
                                "fasterapi.placement.default=inline");
                CapturedLog log = new CapturedLog("io.fasterapi.spring.server")) {
            ConcurrencyLimiter limiter = application.bean(ConcurrencyLimiter.class);
            try (RawConnection connection = application.connect()) {
                for (int early = 0; early < 3; early++) { // the first makes the host known
                    assertThat(connection.exchange(request("GET", "/now")).text()).isEqualTo("now");
                    assertThat(application.bean(FrontDoor.class).servedCount()).isEqualTo(early);
                }
                connection.send(request("GET", "/stray"));
                await().until(() -> !log.lines().isEmpty());

                assertNamesTheRoute(log);
                assertThat(limiter.count()).isOne();
            }
            application.awaitIdle();
            assertThat(limiter.ended(Ending.GONE)).isOne();
        }
    }

    private static void assertNamesTheRoute(CapturedLog log) {
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("ERROR StrayErrors FasterAPI: java.lang.InternalError: stray on ")
                .endsWith("Under way: GET /stray (1)");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/now")
        String now() {
            return "now";
        }

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
