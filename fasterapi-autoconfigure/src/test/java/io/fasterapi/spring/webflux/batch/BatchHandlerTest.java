package io.fasterapi.spring.webflux.batch;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.batch.Batchers;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import reactor.core.publisher.Sinks;

/** A batch handler answers what an ordinary handler of one item answers: on the direct lane. */
@TestInstance(Lifecycle.PER_CLASS)
class BatchHandlerTest {

    static final String ORDER = order("a", 3);

    final RunningApplication application = RunningApplication.start(sources(), properties());

    private final BatchApplication.Batched controller =
            application.bean(BatchApplication.Batched.class);

    List<Class<?>> sources() {
        return List.of(
                BatchApplication.class,
                BatchApplication.Single.class,
                BatchApplication.Batched.class);
    }

    String[] properties() {
        return new String[0];
    }

    Lane lane() {
        return Lane.DIRECT;
    }

    String principal() {
        return "nobody";
    }

    private static String order(String name, int amount) {
        return "{\"name\":\"" + name + "\",\"amount\":" + amount + "}";
    }

    @AfterEach
    void forget() {
        controller.sizes.clear();
        controller.cancelled.clear();
    }

    @AfterAll
    void close() {
        application.close();
    }

    @Test
    void answersAreThoseOfAnOrdinaryHandler() throws IOException {
        for (int round = 0; round < 3; round++) { // the first ones teach the route
            for (String body :
                    List.of(
                            ORDER,
                            "{\"name\":\"\",\"amount\":1}",
                            "{\"name\":\"a\",\"amount\":-1}",
                            "{\"name\":",
                            "{\"name\":\"a\",\"amount\":\"x\"}",
                            "[]",
                            "")) {
                same(json("/single/list", body));
                same(json("/single/mono", body));
                same(json("/single/own", body));
                same(json("/single/void", body));
            }
            same(json("/single/own", "{\"name\":\"a\",\"amount\":0}"));
            same(json("/single/list", ORDER).replace("application/json", "text/plain"));
            same(request("POST", "/single/list", "Content-Length: 0"));
            same(request("GET", "/single/list"));
            same(request("GET", "/single/path/41"));
            same(request("GET", "/single/path/x"));
            same(request("GET", "/single/query?text=a"));
            same(request("GET", "/single/query"));
            same(request("GET", "/single/query?text=a", "Accept: application/xml"));
            same(request("OPTIONS", "/single/list", "Origin: http://other"));
        }
    }

    private void same(String single) throws IOException {
        String expected = application.exchange(single).comparable();
        String batched = single.replace("/single/", "/batched/");
        assertThat(application.exchange(batched).comparable().replace("/batched/", "/single/"))
                .as(single)
                .isEqualTo(expected);
    }

    @Test
    void whoServesIsTheLaneOfOrdinaryHandlers() throws IOException {
        ControllerRoutes routes = application.bean(ControllerRoutes.class);
        assertThat(routes.report())
                .filteredOn(row -> row.pattern().startsWith("/batched/"))
                .hasSize(11)
                .allMatch(row -> row.lane().equals(lane().label()), lane().label());
        for (int round = 0; round < 2; round++) { // the first ones teach the route
            application.exchange(json("/batched/list", ORDER));
        }
        long before = routes.counters().calls(lane());
        assertThat(application.exchange(json("/batched/list", ORDER)).status()).isEqualTo(201);
        assertThat(routes.counters().calls(lane())).isEqualTo(before + 1);
    }

    @Test
    void anItemKnowsItsRequest() throws IOException {
        for (int round = 0; round < 3; round++) {
            String sent =
                    request(
                                    "POST",
                                    "/batched/with/k",
                                    "X-Own: h",
                                    "Content-Type: application/json",
                                    "Content-Length: " + ORDER.length())
                            + ORDER;
            assertThat(application.exchange(sent).text())
                    .contains("\"name\":\"a\"", "\"header\":\"h\"", "\"key\":\"k\"")
                    .contains("\"principal\":\"" + principal() + "\"");
        }
    }

    @Test
    void aBatchRunsWhereItsHandlerSays() throws IOException {
        for (int round = 0; round < 3; round++) {
            assertThat(application.exchange(json("/batched/thread", ORDER)).text())
                    .doesNotStartWith("fasterapi-core-");
            for (int key = 0; key < 8; key++) {
                String core = application.exchange(json("/batched/sharded/" + key, ORDER)).text();
                assertThat(core).startsWith("fasterapi-core-");
                assertThat(application.exchange(json("/batched/sharded/" + key, ORDER)).text())
                        .isEqualTo(core);
            }
        }
    }

    @Test
    void aWrongNumberOfResultsFailsThatBatchAlone() throws IOException {
        for (int round = 0; round < 2; round++) {
            Answer wrong = application.exchange(json("/batched/wrong", order("a", 0)));
            assertThat(wrong.status()).isEqualTo(409);
            assertThat(wrong.text()).contains("0 results for 1 items");
            assertThat(application.exchange(json("/batched/wrong", ORDER)).text())
                    .isEqualTo("right");
        }
    }

    @Test
    void whatQueuesIsOneBatchAndWhatIsTooMuchIsRefused() throws IOException {
        Sinks.Empty<Void> gate = Sinks.empty();
        controller.gate.set(gate);
        List<RawConnection> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                clients.add(new RawConnection(application.port()));
                clients.get(i).send(json("/batched/held", order("n" + i, 1)));
                int queued = i;
                await().until(() -> controller.sizes.size() == 1 && queued() == queued);
            }
            Answer refused = application.exchange(json("/batched/held", ORDER));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isIn("1", "2");
            assertThat(refused.body()).isEmpty();

            clients.get(2).close(); // takes its item back
            await().until(() -> queued() == 2);

            gate.tryEmitEmpty();
            for (int i : new int[] {0, 1, 3}) {
                assertThat(clients.get(i).read().text()).isEqualTo("n" + i);
            }
            assertThat(controller.sizes).containsExactly(1, 2);
            assertThat(application.exchange(json("/batched/held", ORDER)).text()).isEqualTo("a");
        } finally {
            for (RawConnection client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aBatchWithoutCallersIsCancelled() throws IOException {
        controller.gate.set(Sinks.empty());
        try (RawConnection client = new RawConnection(application.port())) {
            client.send(json("/batched/held", ORDER));
            await().until(() -> controller.sizes.size() == 1);
        }
        await().until(() -> controller.cancelled.contains("a"));
        Sinks.Empty<Void> open = Sinks.empty();
        open.tryEmitEmpty();
        controller.gate.set(open);
        assertThat(application.exchange(json("/batched/held", ORDER)).text()).isEqualTo("a");
    }

    private int queued() {
        return application.bean(Batchers.class).all().stream()
                .filter(batcher -> batcher.name().equals("POST /batched/held"))
                .mapToInt(batcher -> batcher.counters().queued())
                .sum();
    }
}
