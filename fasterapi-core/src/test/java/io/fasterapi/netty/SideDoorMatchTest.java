package io.fasterapi.netty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteMatch;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The route of a request is looked up once, whichever way the request takes. */
class SideDoorMatchTest {

    private static final String PLAIN = RawClient.get("/plain/1");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 64, WaitMode.PARK, false, "match-core-"));
    private Doors doors;

    @BeforeEach
    void start() throws IOException {
        cores.start();
        List<Route> routes =
                FastRoutes.builder()
                        .get("/plain/{v}", (req, res) -> res.text(req.pathVariable("v")))
                        .get("/none/{v}", (req, res) -> res.status(204).end())
                        .get("/later/{v}", (req, res) -> later(req.pathVariable("v"), res.async()))
                        .get(
                                "/core/{v}",
                                Placement.CORE,
                                (req, res) -> res.text(req.pathVariable("v")))
                        .get("/plain", (req, res) -> res.text("plain"))
                        .build()
                        .routes();
        doors =
                new Doors(
                        true, routes.stream().map(this::asking).toList(), cores, Placement.INLINE);
        doors.transcript(""); // makes its host known
        asked.clear();
    }

    @AfterEach
    void stop() {
        await().until(() -> doors.limiter.count() == 0);
        doors.server.disposeNow(Duration.ofSeconds(20));
        cores.stop(Duration.ofSeconds(20));
    }

    private Route asking(Route route) {
        return route.variableNames().isEmpty() ? route : route.when(this::takes);
    }

    private boolean takes(String method, RouteMatch match, HttpHeaders headers) {
        asked.add(match.variable(0));
        return !match.variable(0).equals("foreign");
    }

    private static void later(String value, FastResponse response) {
        CompletableFuture.runAsync(
                () -> response.text(value), CompletableFuture.delayedExecutor(20, MILLISECONDS));
    }

    private void exchange(RawClient client, String path, String answer) throws IOException {
        client.send(RawClient.get(path));
        assertThat(client.receive()).contains(answer);
    }

    /** Answered early, then or later, begun early and gone on, on a core, and by nobody. */
    @ParameterizedTest
    @CsvSource({
        "/plain/2, 2, 2",
        "/none/2, 204, 1",
        "/later/2, 2, 2",
        "/core/2, 2, 2",
        "/core/foreign, 404, 1",
        "/plain/foreign, 404, 1"
    })
    void onceForEachRequest(String path, String answer, int served) throws IOException {
        try (RawClient client = new RawClient(doors.server.port())) {
            exchange(client, "/plain/1", "1");
            exchange(client, path, answer);
        }
        assertThat(asked).containsExactly("1", path.substring(path.lastIndexOf('/') + 1));
        assertThat(doors.door.servedCount()).isEqualTo(served);
    }

    /** The same line again is another request. */
    @Test
    void nothingIsCarriedToAnotherRequest() throws IOException {
        try (RawClient client = new RawClient(doors.server.port())) {
            for (String value : List.of("a", "b", "b", "foreign", "c")) {
                exchange(client, "/core/" + value, value.equals("foreign") ? "404" : value);
            }
        }
        assertThat(asked).containsExactly("a", "b", "b", "foreign", "c");
    }

    /** What Reactor Netty keeps until the one before is answered is looked up again. */
    @Test
    void eachRequestOfAPipelineHasItsOwnRoute() throws IOException {
        try (RawClient client = new RawClient(doors.server.port())) {
            client.send(PLAIN + RawClient.get("/later/a") + RawClient.get("/core/b"));
            client.send(RawClient.get("/plain/c") + RawClient.get("/later/d"));
            for (String value : List.of("1", "a", "b", "c", "d")) {
                assertThat(client.receive()).endsWith(value);
            }
        }
        assertThat(doors.door.servedCount()).isPositive();
    }
}
