package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.spring.testing.CapturedLog;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who switches Spring's log on sees what stock logs of each request. */
class WebLogLinesEqualityTest extends ComparedSettings {

    private static final int REQUESTS = 4;
    private static final int LEAST = 4;
    private static final String LAST = " Completed ";

    /** Boot leaves the threshold in the system properties, for every application after this one. */
    @AfterAll
    static void forgetTheThreshold() {
        System.clearProperty("CONSOLE_LOG_THRESHOLD");
    }

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    @Override
    List<String> properties() {
        return List.of("logging.level.web=debug", "logging.threshold.console=off");
    }

    @ParameterizedTest
    @EnumSource
    void eachRequestLeavesStocksLines(Setting setting) throws IOException {
        in(setting);
        Map<String, String> requests =
                Map.of(
                        "GET /json", request("GET", "/json"),
                        "GET /later", request("GET", "/later"),
                        "GET /stream", request("GET", "/stream"),
                        "POST /echo", json("/echo", "{\"a\":1}"));
        for (Map.Entry<String, String> each : requests.entrySet()) {
            List<String> expected = logged(stock(), each.getValue()).get(0);
            assertThat(expected).as(each.getKey()).hasSizeGreaterThanOrEqualTo(LEAST);
            LaneWatch watch = LaneWatch.of(in(setting), each.getKey());
            List<List<String>> actual = logged(in(setting), each.getValue());
            assertThat(actual).as(each.getKey()).hasSize(REQUESTS).containsOnly(expected);
            LaneWatch.assertServed(watch, REQUESTS, setting);
        }
    }

    /** A failure of the controller's is told as often as by stock. */
    @ParameterizedTest
    @EnumSource
    void soDoesAFailure(Setting setting) throws IOException {
        in(setting);
        String failing = request("GET", "/failing");
        assertThat(logged(in(setting), failing)).containsOnly(logged(stock(), failing).get(0));
    }

    private static List<List<String>> logged(RunningApplication application, String request)
            throws IOException {
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            try (CapturedLog log = new CapturedLog("org.springframework.")) {
                application.exchange(request);
                await().atMost(20, SECONDS)
                        .until(() -> log.lines().stream().anyMatch(line -> line.contains(LAST)));
                all.add(
                        log.lines().stream()
                                .map(WebLogLinesEqualityTest::withoutIds)
                                .sorted()
                                .toList());
            }
        }
        return all;
    }

    /** Ids of requests, times, and the hashes of objects differ from run to run. */
    private static String withoutIds(String line) {
        return line.replaceAll("[0-9a-f]{8}-\\d+", "ID")
                .replaceAll("timestamp=[^,]*", "timestamp=TIME")
                .replaceAll("@[0-9a-f]+", "@HASH");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/json")
        Map<String, Integer> json() {
            return Map.of("a", 1);
        }

        @GetMapping("/later")
        Mono<Map<String, Integer>> later() {
            return Mono.just(json());
        }

        @GetMapping("/stream")
        Flux<Map<String, Integer>> stream() {
            return Flux.just(json(), json());
        }

        @PostMapping("/echo")
        Map<String, Object> echo(@RequestBody Map<String, Object> body) {
            return body;
        }

        @GetMapping("/failing")
        String failing() {
            throw new IllegalStateException("on purpose");
        }
    }
}
