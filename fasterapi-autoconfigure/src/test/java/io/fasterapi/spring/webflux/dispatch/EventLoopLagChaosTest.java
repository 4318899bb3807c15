package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What has waited on its event loop for too long is refused there. */
class EventLoopLagChaosTest {

    private static final int CLIENTS = 20;

    /** After so many its code counts as compiled. */
    private static final int WARM_UP = 1_001;

    @ParameterizedTest
    @CsvSource({"auto, true", "auto, false", "off, true", "off, false"})
    void requestsBehindSlowOnesOnTheirLoopAreRefused(String controllers, boolean enabled)
            throws Exception {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.io.threads=1",
                        "fasterapi.placement.default=inline",
                        "fasterapi.fast-lane.controllers=" + controllers,
                        "fasterapi.watchdog.enabled=false",
                        "fasterapi.admission.enabled=" + enabled,
                        "fasterapi.admission.patience=50ms",
                        "fasterapi.admission.essential=/essential")) {
            Endpoints endpoints = application.bean(Endpoints.class);
            try (RawConnection warm = application.connect()) {
                for (int i = 0; i < WARM_UP; i++) {
                    assertThat(warm.exchange(request("GET", "/quick")).status()).isEqualTo(200);
                }
            }
            List<RawConnection> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(application.connect());
                assertThat(clients.get(i).exchange(request("GET", "/essential")).status())
                        .isEqualTo(200);
            }
            try (RawConnection holder = application.connect()) {
                holder.send(request("GET", "/hold"));
                await().atMost(20, SECONDS).until(() -> endpoints.held.get() == 1);
                for (RawConnection client : clients) { // all wait when the loop comes round
                    client.send(request("GET", "/slow"));
                }
                endpoints.go.countDown();
                assertThat(holder.read().status()).isEqualTo(200);
            }
            int refused = 0;
            for (RawConnection client : clients) {
                refused += client.read().status() == 503 ? 1 : 0;
                assertThat(client.exchange(request("GET", "/essential")).status()).isEqualTo(200);
                client.close();
            }
            assertThat(refused + endpoints.served.get()).isEqualTo(CLIENTS);
            if (enabled) {
                assertThat(refused).isPositive();
                assertThat(endpoints.served.get()).isPositive();
                assertThat(refusals(application)).isEqualTo(refused);
            } else {
                assertThat(refused).isZero();
            }
            application.awaitIdle();
        }
    }

    private static double refusals(RunningApplication application) {
        return application
                .bean(MeterRegistry.class)
                .find("fasterapi.refused")
                .functionCounters()
                .stream()
                .filter(counter -> "loop-busy".equals(counter.getId().getTag("cause")))
                .mapToDouble(counter -> counter.count())
                .sum();
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

        private final AtomicInteger held = new AtomicInteger();
        private final AtomicInteger served = new AtomicInteger();
        private final CountDownLatch go = new CountDownLatch(1);

        @GetMapping("/hold")
        String hold() throws InterruptedException {
            held.incrementAndGet();
            go.await();
            Thread.sleep(60); // a long round
            return "held";
        }

        @GetMapping("/slow")
        String slow() throws InterruptedException {
            served.incrementAndGet();
            Thread.sleep(20);
            return "slow";
        }

        @GetMapping("/quick")
        String quick() {
            return "quick";
        }

        @GetMapping("/essential")
        String essential() {
            return "alive";
        }
    }
}
