package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What is refused, how, and that it is counted. */
class AdmissionTest {

    @ParameterizedTest
    @CsvSource({
        "auto, core, max-in-flight-per-route, route-limit, false",
        "off,  core, max-in-flight-per-route, route-limit, false",
        "auto, auto, max-in-flight-per-route, route-limit, true",
        "auto, virtual, max-in-flight-per-route, route-limit, true",
        "off,  virtual, max-in-flight, limit, false",
        "auto, core, max-in-flight, limit, true",
    })
    void moreThanTheLimitAreRefusedUntilOneEnds(
            String controllers, String placement, String property, String cause, boolean adaptive)
            throws Exception {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.cores.count=2",
                        "fasterapi.placement.default=" + placement,
                        "fasterapi.fast-lane.controllers=" + controllers,
                        "fasterapi.admission.adaptive=" + adaptive,
                        "fasterapi.admission." + property + "=2",
                        "fasterapi.admission.essential=/essential")) {
            Endpoints endpoints = application.bean(Endpoints.class);
            List<RawConnection> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                RawConnection connection = application.connect();
                waiting.add(connection);
                connection.send(request("GET", "/later"));
                int soFar = i + 1;
                await().atMost(20, SECONDS)
                        .until(() -> application.bean(ConcurrencyLimiter.class).count() == soFar);
            }

            try (RawConnection refused = application.connect()) {
                Answer answer = refused.exchange(request("GET", "/later"));
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.headers().remove("retry-after")).hasSize(1);
                for (int i = 0; i < 3; i++) {
                    Answer again = refused.exchange(request("GET", "/later"));
                    assertThat(again.headers().remove("retry-after")).hasSize(1);
                    assertThat(again).usingRecursiveComparison().isEqualTo(answer);
                }
                assertThat(early(application)).isEqualTo(3);
                assertThat(refused.exchange(request("GET", "/essential")).text())
                        .isEqualTo("alive");
                assertThat(refusals(application, cause)).isEqualTo(4);
                if (cause.equals("route-limit")) {
                    assertThat(limit(application)).isEqualTo(2);
                }

                endpoints.end.tryEmitValue("done");
                for (RawConnection connection : waiting) {
                    assertThat(connection.read().text()).isEqualTo("done");
                    connection.close();
                }
                application.awaitIdle();
                assertThat(refused.exchange(request("GET", "/later")).text()).isEqualTo("done");
            }
            application.awaitIdle();
        }
    }

    private static double refusals(RunningApplication application, String cause) {
        return application
                .bean(MeterRegistry.class)
                .get("fasterapi.refused")
                .tag("route", "GET /later")
                .tag("cause", cause)
                .functionCounter()
                .count();
    }

    private static double early(RunningApplication application) {
        return application
                .bean(MeterRegistry.class)
                .get("fasterapi.refused.early")
                .functionCounter()
                .count();
    }

    private static double limit(RunningApplication application) {
        return application
                .bean(MeterRegistry.class)
                .get("fasterapi.route.limit")
                .tag("route", "GET /later")
                .gauge()
                .value();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Endpoints endpoints() {
            return new Endpoints();
        }
    }

    @RestController
    static class Endpoints {

        final Sinks.One<String> end = Sinks.one();

        @GetMapping("/later")
        Mono<String> later() {
            return end.asMono();
        }

        @GetMapping("/essential")
        String essential() {
            return "alive";
        }
    }
}
