package io.fasterapi.autoconfigure;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.spring.testing.OwnThreads;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Threads come and go with the context that owns them, and with no other. */
class ContextLifecycleWiringTest {

    private static final String TWO_CORES = "fasterapi.cores.count=2";

    private OwnThreads threads;

    @BeforeEach
    void remember() {
        threads = new OwnThreads();
    }

    @Test
    void threadsLiveAsLongAsTheContext() throws IOException {
        try (RunningApplication application =
                RunningApplication.start(Application.class, TWO_CORES, "fasterapi.io.threads=1")) {
            assertThat(application.get("/thread").text()).startsWith("fasterapi-core-");
            assertThat(threads.names())
                    .contains("fasterapi-core-0", "fasterapi-core-1")
                    .filteredOn(name -> name.startsWith("fasterapi-io-"))
                    .hasSizeBetween(1, 2); // Reactor Netty may have a thread that accepts.
        }
        threads.awaitNone();
    }

    @Test
    void disabledIsStock() throws IOException {
        try (RunningApplication application =
                RunningApplication.start(Application.class, "fasterapi.enabled=false")) {
            assertThat(application.get("/thread").text()).startsWith("reactor-http-");
            threads.awaitNone();
        }
    }

    @Test
    void twoContextsAreIndependent() throws IOException {
        RunningApplication second = RunningApplication.start(Application.class, TWO_CORES);
        try (second;
                RunningApplication first = RunningApplication.start(Application.class, TWO_CORES)) {
            for (int i = 0; i < 3; i++) {
                assertThat(first.get("/thread").status()).isEqualTo(200);
            }
            assertThat(second.get("/thread").status()).isEqualTo(200);
            assertThat(first.published()).isEqualTo(3);
            assertThat(second.published()).isEqualTo(1);
            int port = first.port();

            HandlerCore closed = first.bean(HandlerCores.class).cores().get(0);
            first.close();
            assertThat(second.get("/thread").text()).startsWith("fasterapi-core-");
            assertThat(second.published()).isEqualTo(2);
            assertThat(closed.isRunning()).isFalse();
            assertThatIOException().isThrownBy(() -> new RawConnection(port));
        }
        threads.awaitNone();
    }

    @Test
    void restartServesAgain() throws IOException {
        try (RunningApplication application =
                RunningApplication.start(Application.class, TWO_CORES)) {
            for (int i = 1; i <= 3; i++) {
                assertThat(application.get("/thread").text()).startsWith("fasterapi-core-");
                assertThat(application.published()).isEqualTo(i);
                int port = application.port();

                application.context().stop();
                assertThatIOException().isThrownBy(() -> new RawConnection(port));
                threads.awaitNone();

                application.context().start();
            }
        }
        threads.awaitNone();
    }

    @Test
    void failedStartLeavesNoThread() throws IOException {
        try (RunningApplication application = RunningApplication.start(Application.class)) {
            OwnThreads later = new OwnThreads();
            assertThatException()
                    .isThrownBy(
                            () ->
                                    RunningApplication.start(
                                                    Application.class,
                                                    "server.port=" + application.port())
                                            .close());
            later.awaitNone();
        }
    }

    @Test
    void managementPortStaysStock() throws IOException {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "management.server.port=0",
                        "management.endpoints.web.exposure.include=*")) {
            assertThat(application.get("/thread").status()).isEqualTo(200);
            int port = application.port("local.management.port");
            try (RawConnection management = new RawConnection(port)) {
                for (int i = 0; i < 5; i++) {
                    assertThat(management.exchange(request("GET", "/actuator/where")).text())
                            .startsWith("reactor-http-");
                }
                assertThat(management.exchange(request("GET", "/actuator/health")).status())
                        .isEqualTo(200);
                assertThat(management.exchange(request("GET", "/thread")).status()).isEqualTo(404);
            }
            assertThat(application.published()).isEqualTo(1);
        }
        threads.awaitNone();
    }

    @Test
    void managementOnTheSamePortRunsOnTheCores() throws IOException {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class, "management.endpoints.web.exposure.include=*")) {
            assertThat(application.get("/actuator/where").text()).startsWith("fasterapi-core-");
            assertThat(application.get("/actuator/prometheus").text())
                    .contains("fasterapi_ring_published_total{core=\"0\"}")
                    .contains("http_server_requests_seconds_count{");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/thread")
        String thread() {
            return Thread.currentThread().getName();
        }

        @Bean
        Where where() {
            return new Where();
        }
    }

    /** Says which thread serves it. */
    @Endpoint(id = "where")
    static class Where {

        @ReadOperation(produces = "text/plain")
        Mono<String> thread() {
            return Mono.fromSupplier(() -> Thread.currentThread().getName());
        }
    }
}
