package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.route.Lane;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Requests that the direct lane has under way are among the active ones, as in stock. */
class ActiveRequestsEqualityTest {

    private static final String NAME = "http.server.requests.active";

    @ParameterizedTest
    @ValueSource(strings = {"core", "virtual"})
    void aBlockedHandlerIsActiveAsInStock(String placement) throws IOException {
        List<Meter.Id> stock = whileOneWaits("fasterapi.enabled=false", false);

        assertThat(whileOneWaits("fasterapi.placement.default=" + placement, true))
                .isEqualTo(stock)
                .isNotEmpty();
    }

    /** Returns which meters count it. */
    private static List<Meter.Id> whileOneWaits(String property, boolean direct)
            throws IOException {
        try (RunningApplication application =
                RunningApplication.start(Application.class, property)) {
            Application controller = application.bean(Application.class);
            application.get("/taught");
            application.get("/wait?not=1");
            MeterRegistry meters = application.bean(MeterRegistry.class);
            await().atMost(20, SECONDS).until(() -> active(meters).isEmpty());
            try (RawConnection waiting = application.connect()) {
                waiting.send(request("GET", "/wait"));
                await().atMost(20, SECONDS).until(() -> controller.begun.getCount() == 0);
                List<Meter.Id> counted = active(meters);
                controller.go.countDown();
                assertThat(waiting.read().text()).isEqualTo("waited");
                await().atMost(20, SECONDS).until(() -> active(meters).isEmpty());
                if (direct) {
                    ControllerRoutes routes = application.bean(ControllerRoutes.class);
                    assertThat(routes.counters().calls(Lane.DIRECT)).isOne();
                }
                return counted;
            }
        }
    }

    private static List<Meter.Id> active(MeterRegistry meters) {
        return meters.find(NAME).longTaskTimers().stream()
                .filter(timer -> timer.activeTasks() > 0)
                .map(LongTaskTimer::getId)
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);

        @GetMapping("/wait")
        String waiting(
                @org.springframework.web.bind.annotation.RequestParam(required = false) String not)
                throws InterruptedException {
            if (not == null) {
                begun.countDown();
                go.await();
            }
            return "waited";
        }
    }
}
