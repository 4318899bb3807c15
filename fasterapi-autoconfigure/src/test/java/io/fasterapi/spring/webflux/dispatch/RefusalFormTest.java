package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.Batchers;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Whoever refuses, the answer has the same form: the route's status, when to come back, and a
 * problem if the application answers its errors so.
 */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusalFormTest {

    private static RunningApplication start(Lane lane, boolean problems, String... properties) {
        List<Class<?>> sources = new ArrayList<>(List.of(RefusedApplication.Beans.class));
        if (lane == Lane.FILTERED) {
            sources.add(RefusedApplication.Filtering.class);
        }
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "fasterapi.cores.count=1",
                                "fasterapi.admission.max-in-flight-per-route=1",
                                "fasterapi.admission.too-many-requests=/*/many,/fast/many/*",
                                "spring.webflux.problemdetails.enabled=" + problems,
                                "fasterapi.fast-lane.controllers="
                                        + (lane == Lane.WEBFLUX ? "off" : "auto")));
        all.addAll(List.of(properties));
        return RunningApplication.start(sources, all.toArray(String[]::new));
    }

    private static void assertForm(Answer answer, int status, boolean problems) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
        if (problems) {
            assertThat(answer.headers())
                    .containsOnlyKeys("retry-after", "content-type", "content-length");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.text())
                    .isEqualTo(
                            "{\"detail\":\"%s\",\"status\":%d,\"title\":\"%s\"}"
                                    .formatted(
                                            RefusedApplication.DETAIL,
                                            status,
                                            HttpStatus.valueOf(status).getReasonPhrase()));
        } else {
            assertThat(answer.headers()).containsOnlyKeys("retry-after", "content-length");
            assertThat(answer.text()).isEmpty();
        }
    }

    /** Sends a request that is under way until the test says so. */
    private static RefusedApplication.Endpoints hold(
            RunningApplication application, RawConnection holder, String path) throws IOException {
        RefusedApplication.Endpoints endpoints =
                application.bean(RefusedApplication.Endpoints.class);
        endpoints.holding = true;
        holder.send(request("GET", path));
        await().atMost(20, SECONDS)
                .until(() -> endpoints.held.size() == 1 || endpoints.entered.getCount() == 0);
        return endpoints;
    }

    private static long refused(RunningApplication application, String route, Refused cause) {
        return application.bean(Placements.class).find(route).load().refused(cause);
    }

    /** The second refusal of a connection is early. */
    @ParameterizedTest
    @CsvSource({
        "DIRECT, core, blocked/one, 503, true",
        "DIRECT, virtual, blocked/many, 429, false",
        "FILTERED, core, held/many, 429, true",
        "FILTERED, inline, held/one, 503, true",
        "WEBFLUX, core, held/one, 503, false",
        "WEBFLUX, virtual, held/many, 429, true",
    })
    void onEveryLane(Lane lane, String placement, String path, int status, boolean problems)
            throws IOException {
        try (RunningApplication application =
                        start(lane, problems, "fasterapi.placement.default=" + placement);
                RawConnection holder = application.connect();
                RawConnection client = application.connect()) {
            for (int i = 0; i < 3; i++) { // teaches the route
                Answer free = holder.exchange(request("GET", "/" + path));
                assertThat(free.text()).isEqualTo("free");
            }
            LaneCounters counters = application.bean(ControllerRoutes.class).counters();
            long served = counters.calls(lane);
            RefusedApplication.Endpoints endpoints = hold(application, holder, "/" + path);
            FrontDoor door = application.bean(FrontDoor.class);
            for (int i = 0; i < 3; i++) {
                assertThat(door.refusedCount()).isEqualTo(Math.max(0, i - 1));
                assertForm(client.exchange(request("GET", "/" + path)), status, problems);
            }
            assertThat(door.refusedCount()).isEqualTo(2);
            Answer head = client.exchange(request("HEAD", "/" + path));
            assertThat(head.status()).isEqualTo(status);
            assertThat(head.header("Content-Type"))
                    .isEqualTo(problems ? "application/problem+json" : "");
            assertThat(refused(application, "GET /" + path, Refused.ROUTE_LIMIT))
                    .isGreaterThanOrEqualTo(3);
            endpoints.release();
            assertThat(holder.read().text()).isEqualTo("done");
            if (lane != Lane.WEBFLUX) {
                assertThat(counters.calls(lane)).isEqualTo(served + 1);
            }
        }
    }

    /** A ring is full: what was there for it waits, and the route has no limit. */
    @ParameterizedTest
    @CsvSource({"DIRECT, one, 503, true", "FILTERED, many, 429, false", "WEBFLUX, many, 429, true"})
    void ofAFullRing(Lane lane, String name, int status, boolean problems) throws IOException {
        try (RunningApplication application =
                        start(
                                lane,
                                problems,
                                "fasterapi.cores.ring-size=2",
                                "fasterapi.watchdog.enabled=false",
                                "fasterapi.admission.max-in-flight-per-route=10");
                RawConnection first = application.connect();
                RawConnection second = application.connect();
                RawConnection client = application.connect()) {
            RefusedApplication.Endpoints endpoints =
                    application.bean(RefusedApplication.Endpoints.class);
            hold(application, first, "/blocked/" + name);
            long before = application.published();
            second.send(request("GET", "/blocked/" + name));
            await().atMost(20, SECONDS).until(() -> application.published() == before + 1);
            assertForm(client.exchange(request("GET", "/blocked/" + name)), status, problems);
            assertThat(refused(application, "GET /blocked/" + name, Refused.RING_FULL)).isOne();
            endpoints.opened.countDown();
            assertThat(first.read().text()).isEqualTo("done");
            assertThat(second.read().text()).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAFastRoute(boolean problems) throws IOException {
        try (RunningApplication application = start(Lane.DIRECT, problems);
                RawConnection holder = application.connect();
                RawConnection client = application.connect()) {
            holder.send(request("GET", "/fast/many/1"));
            RefusedApplication.Endpoints endpoints =
                    application.bean(RefusedApplication.Endpoints.class);
            await().atMost(20, SECONDS).until(() -> endpoints.fast.size() == 1);
            for (int i = 0; i < 3; i++) {
                assertForm(client.exchange(request("GET", "/fast/many/2")), 429, problems);
            }
            assertThat(application.bean(FrontDoor.class).refusedCount()).isEqualTo(2);
            endpoints.fast.get(0).run();
            assertThat(holder.read().text()).isEqualTo("fast");
        }
    }

    @ParameterizedTest
    @CsvSource({"one, 503, true", "many, 429, false"})
    void overHttp2(String name, int status, boolean problems) throws IOException {
        ConnectionProvider connections = ConnectionProvider.newConnection();
        try (RunningApplication application =
                        start(Lane.FILTERED, problems, "server.http2.enabled=true");
                RawConnection holder = application.connect()) {
            hold(application, holder, "/held/" + name);
            Answer refused =
                    HttpClient.create(connections)
                            .protocol(HttpProtocol.H2C)
                            .get()
                            .uri("http://localhost:" + application.port() + "/held/" + name)
                            .responseSingle(
                                    (response, body) ->
                                            body.asByteArray()
                                                    .defaultIfEmpty(new byte[0])
                                                    .map(bytes -> answer(response, bytes)))
                            .block(Duration.ofSeconds(60));
            assertForm(refused, status, problems);
            assertThat(refused(application, "GET /held/" + name, Refused.ROUTE_LIMIT)).isOne();
        } finally {
            connections.disposeLater().block(Duration.ofSeconds(60));
        }
    }

    private static Answer answer(HttpClientResponse response, byte[] body) {
        assertThat(response.version().text()).isEqualTo("HTTP/2.0");
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : response.responseHeaders().names()) {
            if (!name.startsWith("x-http2")) {
                headers.put(name, response.responseHeaders().getAll(name));
            }
        }
        return new Answer(response.status().code(), headers, body);
    }

    /** By the batch handler's own lane, and by the exception of a batcher behind any handler. */
    @ParameterizedTest
    @CsvSource({
        "true,  DIRECT, batched/one, 503, true",
        "true,  FILTERED, batched/many, 429, true",
        "true,  WEBFLUX, batched/many, 429, false",
        "false, DIRECT, batched/many, 429, true",
        "true,  DIRECT, behind/many, 429, true",
        "true,  FILTERED, behind/one, 503, false",
        "false, DIRECT, behind/one, 503, true",
    })
    void ofABatch(boolean enabled, Lane lane, String path, int status, boolean problems)
            throws IOException {
        List<RawConnection> waiting = new ArrayList<>();
        try (RunningApplication application =
                        start(
                                lane,
                                problems,
                                "fasterapi.enabled=" + enabled,
                                "fasterapi.admission.max-in-flight-per-route=10");
                RawConnection client = application.connect()) {
            assertThat(application.context().getBeansOfType(ServerParts.class))
                    .hasSize(enabled ? 1 : 0);
            Batcher<?, ?> batcher =
                    application.bean(Batchers.class).all().stream()
                            .filter(each -> each.name().contains(path))
                            .findFirst()
                            .orElseThrow();
            for (int i = 0; i < 2; i++) { // one under way, one waits
                RawConnection one = application.connect();
                waiting.add(one);
                one.send(json("/" + path, "\"a\""));
                int queued = i;
                await().atMost(20, SECONDS)
                        .until(
                                () ->
                                        application
                                                                .bean(
                                                                        RefusedApplication.Endpoints
                                                                                .class)
                                                                .batches()
                                                        == 1
                                                && batcher.counters().queued() == queued);
            }
            assertForm(client.exchange(json("/" + path, "\"a\"")), status, problems);
            assertThat(batcher.counters().refused()).isOne();
            application.bean(RefusedApplication.Endpoints.class).end.tryEmitEmpty();
            for (RawConnection each : waiting) {
                assertThat(each.read().status()).isEqualTo(200);
            }
        } finally {
            for (RawConnection each : waiting) {
                each.close();
            }
        }
    }

    /** Spring adds the path of the request, and nothing else. */
    @Test
    void aProblemIsWhatSpringWrites() throws IOException {
        try (RunningApplication application = start(Lane.WEBFLUX, true);
                RawConnection holder = application.connect()) {
            hold(application, holder, "/held/one");
            Answer ours = application.get("/held/one");
            Answer springs = application.get("/springs");
            assertThat(springs.text()).contains("\"instance\":\"/springs\",");
            assertThat(ours.text())
                    .isEqualTo(springs.text().replace("\"instance\":\"/springs\",", ""));
            assertThat(ours.header("Content-Type")).isEqualTo(springs.header("Content-Type"));
            assertThat(ours.status()).isEqualTo(springs.status());
        }
    }
}
