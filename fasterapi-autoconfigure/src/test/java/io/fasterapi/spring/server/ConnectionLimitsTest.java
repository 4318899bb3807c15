package io.fasterapi.spring.server;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fasterapi.netty.Connections;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Near a limit connections are not kept, at it they are closed. */
class ConnectionLimitsTest {

    private static final int LARGE = 32 << 20;

    @Test
    void connections() throws Exception {
        try (RunningApplication application =
                        RunningApplication.start(
                                Application.class,
                                "fasterapi.limits.connections=2",
                                "fasterapi.io.threads=1"); // opened in their order
                RawConnection first = application.connect()) {
            Answer kept = first.exchange(request("GET", "/small"));
            assertThat(kept.headers()).doesNotContainKey("connection");
            try (RawConnection second = application.connect()) {
                Answer last = second.exchange(request("GET", "/small"));
                assertThat(last.text()).isEqualTo("small");
                assertThat(last.header("Connection")).isEqualTo("close");
            }
            Connections connections = application.bean(Connections.class);
            await().atMost(20, SECONDS).until(() -> connections.open() == 1);
            try (RawConnection second = application.connect();
                    RawConnection third = application.connect()) {
                await().atMost(20, SECONDS).until(() -> connections.refusedConnections() == 1);
                assertThatThrownBy(() -> third.exchange(request("GET", "/small")))
                        .isInstanceOf(IOException.class);
                assertThat(meter(application, "fasterapi.connections.open")).isEqualTo(2);
                assertThat(second.exchange(request("GET", "/small")).text()).isEqualTo("small");
            }
            assertThat(first.exchange(request("GET", "/small")).text()).isEqualTo("small");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "inline"})
    void bytesThatNobodyReads(String placement) throws Exception {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.placement.default=" + placement,
                        "fasterapi.limits.unwritten=1MB",
                        "fasterapi.admission.essential=/essential")) {
            Connections connections = application.bean(Connections.class);
            try (RawConnection waiting = application.connect();
                    RawConnection essential = application.connect();
                    RawConnection slow = application.connect()) {
                assertThat(waiting.exchange(request("GET", "/small")).status()).isEqualTo(200);
                assertThat(essential.exchange(request("GET", "/small")).status()).isEqualTo(200);
                slow.send(request("GET", "/large"));
                await().atMost(20, SECONDS).until(() -> connections.unwrittenBytes() > 1 << 20);

                Answer refused = waiting.exchange(request("GET", "/small"));
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("Retry-After")).isIn("1", "2");
                assertThat(refused.header("Connection")).isEqualTo("close");
                assertThat(essential.exchange(request("GET", "/essential")).text())
                        .isEqualTo("alive");
                assertThat(meter(application, "fasterapi.connections.requests.refused"))
                        .isEqualTo(1);
                assertThat(slow.read().body()).hasSize(LARGE);
            }
            await().atMost(20, SECONDS).until(() -> connections.unwrittenBytes() == 0);
            assertThat(application.get("/small").text()).isEqualTo("small");
        }
    }

    private static double meter(RunningApplication application, String name) {
        return application
                .bean(MeterRegistry.class)
                .get(name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
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

        @GetMapping("/small")
        String small() {
            return "small";
        }

        @GetMapping("/large")
        byte[] large() {
            return new byte[LARGE];
        }

        @GetMapping("/essential")
        String essential() {
            return "alive";
        }
    }
}
