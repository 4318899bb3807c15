package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.http.FastResponse;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a connection reads after a pipeline in which a late answer stood before an early one. */
class PipelinedReadsTest {

    private static final Duration LATE = Duration.ofMillis(3);

    @ParameterizedTest
    @CsvSource({
        "inline, /direct, ''",
        "inline, /webflux, ''",
        "core, /direct, ''",
        "core, /webflux, ''",
        "inline, /direct, fasterapi.limits.connections=1000", // none is answered early
        "inline, /webflux, fasterapi.limits.connections=1000"
    })
    void theNextRequestIsAnswered(String placement, String lane, String property)
            throws IOException {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.placement.default=" + placement,
                        "fasterapi.fast-lane.controllers=off",
                        property.isEmpty() ? "server.port=0" : property)) {
            String later = RawConnection.request("GET", lane + "/later");
            String atOnce = RawConnection.request("GET", lane + "/at-once");
            long requests = 0;
            for (int times : List.of(1, 2, 4)) {
                try (RawConnection connection = application.connect()) {
                    connection.send((later + atOnce).repeat(times));
                    for (int i = 0; i < times; i++) {
                        assertThat(connection.read().text()).isEqualTo("later");
                        assertThat(connection.read().text()).isEqualTo("at once");
                    }
                    for (int i = 0; i < 3; i++) {
                        assertThat(connection.exchange(atOnce).text()).isEqualTo("at once");
                    }
                    requests += 2L * times + 3;
                }
            }
            assertThat(application.published()).isEqualTo(placement.equals("core") ? requests : 0);
            assertThat(application.bean(FrontDoor.class).servedCount() > 0)
                    .isEqualTo(property.isEmpty());
            application.awaitIdle();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        FastRoutes routes() {
            return FastRoutes.builder()
                    .get("/direct/later", (request, response) -> later(response.async()))
                    .get("/direct/at-once", (request, response) -> response.text("at once"))
                    .build();
        }

        private static void later(FastResponse response) {
            Mono.delay(LATE).subscribe(tick -> response.text("later"));
        }

        @GetMapping("/webflux/later")
        Mono<String> later() {
            return Mono.delay(LATE).map(tick -> "later");
        }

        @GetMapping("/webflux/at-once")
        String atOnce() {
            return "at once";
        }
    }
}
