package io.fasterapi.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.http.FastHandler;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.route.RouteTree;
import io.fasterapi.test.Garbage;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTimersTest {

    private static final FastHandler NOTHING = (req, res) -> res.end();

    private final List<Route> routes =
            RouteTree.of(
                            FastRoutes.builder()
                                    .get("/users/{id}", NOTHING)
                                    .post("/users", NOTHING)
                                    .build()
                                    .routes())
                    .routes();
    private final Route get = route("GET");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RouteTimers timers = new RouteTimers(registry, "http.server.requests", 2);

    private Route route(String method) {
        return routes.stream().filter(one -> one.method().equals(method)).findFirst().orElseThrow();
    }

    @Test
    void countsAndTimesExactlyAndSurvivesACollection() {
        for (int i = 1; i <= 100; i++) {
            timers.record(get, "GET", 200, null, i);
        }
        Garbage.collect();
        timers.record(get, "GET", 200, null, 1_000_000);

        Timer timer = registry.get("http.server.requests").timer();
        assertThat(timer.count()).isEqualTo(101);
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(1_005_050);
        assertThat(timer.max(TimeUnit.NANOSECONDS)).isEqualTo(1_000_000);
    }

    @Test
    void hasTheFiveKeysOfWebFlux() {
        timers.record(get, "GET", 200, null, 1);

        assertThat(registry.get("http.server.requests").timer().getId().getTags())
                .containsExactlyInAnyOrder(
                        Tag.of("error", "none"),
                        Tag.of("exception", "none"),
                        Tag.of("method", "GET"),
                        Tag.of("outcome", "SUCCESS"),
                        Tag.of("status", "200"),
                        Tag.of("uri", "/users/{id}"));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, SUCCESS",
        "199, 199, INFORMATIONAL",
        "304, 304, REDIRECTION",
        "404, 404, CLIENT_ERROR",
        "503, 503, SERVER_ERROR",
        "599, 599, SERVER_ERROR",
        "600, 600, UNKNOWN",
        "0, UNKNOWN, UNKNOWN"
    })
    void outcomeFollowsTheStatus(int status, String tag, String outcome) {
        timers.record(get, "GET", status, null, 7);
        timers.record(get, "GET", status, null, 8);

        Timer timer =
                registry.get("http.server.requests")
                        .tags("status", tag, "outcome", outcome)
                        .timer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void routesMethodsStatusesAndFailuresAreKeptApart() {
        timers.record(get, "GET", 200, null, 1);
        timers.record(get, "HEAD", 200, null, 1);
        timers.record(get, "GET", 404, null, 1);
        timers.record(get, "GET", 500, new IllegalStateException(), 1);
        timers.record(get, "GET", 500, new IllegalStateException(), 1);
        timers.record(get, "GET", 500, null, 1);
        timers.record(route("POST"), "POST", 200, null, 1);
        timers.record(get, "GET", RouteRecorder.STATUS_UNKNOWN, null, 1);

        assertThat(registry.getMeters()).hasSize(7);
        assertThat(count("exception", "IllegalStateException", "status", "500")).isEqualTo(2);
        assertThat(count("exception", "none", "status", "500")).isEqualTo(1);
        assertThat(count("method", "HEAD", "uri", "/users/{id}")).isEqualTo(1);
        assertThat(count("method", "POST", "uri", "/users")).isEqualTo(1);
        assertThat(count("status", "UNKNOWN", "outcome", "UNKNOWN")).isEqualTo(1);
    }

    private long count(String... tags) {
        return registry.get("http.server.requests").tags(tags).timer().count();
    }
}
