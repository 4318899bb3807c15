package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Clients that send another Accept header with each request do not cost the others their lane. */
class AcceptFloodChaosTest {

    private static final int VALUES = 10_000;
    private static final int USUAL = 50;
    private static final String MANY = "application/json;q=0.%d, text/x-%d, */*;q=0.1";

    /** What the method answers, long enough to be seen in a heap full of it. */
    private static final String BODY = "usual";

    @ParameterizedTest
    @EnumSource(names = {"DIRECT_INLINE", "FILTERED_INLINE"})
    void theUsualValueKeepsItsLane(Setting setting) throws IOException {
        try (RunningApplication application =
                        RunningApplication.start(
                                setting.sources(java.util.List.of(Application.class)),
                                setting.property());
                RawConnection connection = application.connect()) {
            Lane lane = setting.isFiltered() ? Lane.FILTERED : Lane.DIRECT;
            LaneCounters counters = application.bean(ControllerRoutes.class).counters();
            assertUsual(connection, counters, lane, 1);

            for (int i = 0; i < VALUES; i++) {
                String accept = MANY.formatted(2 + i % 8, i);
                assertThat(
                                connection
                                        .exchange(request("GET", "/flood", "Accept: " + accept))
                                        .text())
                        .isEqualTo(BODY);
                if (i % 200 == 0) {
                    assertUsual(connection, counters, lane, 1); // still sent now and then
                }
            }
            assertUsual(connection, counters, lane, 1);
            RouteReport route = report(application);
            long all = route.calls().values().stream().mapToLong(Long::longValue).sum();
            assertThat(all).isEqualTo(counters.calls(Lane.DIRECT) + counters.calls(Lane.FILTERED));
            assertThat(counters.calls(Lane.WEBFLUX)).isZero();
            if (lane == Lane.DIRECT) {
                assertThat(route.left().get("an Accept header not seen before"))
                        .isBetween((long) VALUES, VALUES + 60L);
            }
        }
    }

    /** Sends the usual header: all but the first answers are served on the lane. */
    private static void assertUsual(
            RawConnection connection, LaneCounters counters, Lane lane, int learning)
            throws IOException {
        long before = counters.calls(lane);
        for (int i = 0; i < USUAL; i++) {
            String usual = request("GET", "/flood", "Accept: application/json");
            assertThat(connection.exchange(usual).text()).isEqualTo(BODY);
        }
        assertThat(counters.calls(lane) - before).isGreaterThanOrEqualTo(USUAL - learning);
    }

    private static RouteReport report(RunningApplication application) {
        return application.bean(ControllerRoutes.class).report().stream()
                .filter(each -> each.pattern().equals("/flood"))
                .findFirst()
                .orElseThrow();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/flood")
        String flood() {
            return BODY;
        }
    }
}
