package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.http.FastHandler;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SideDoorPipelineTest {

    private static final FastHandler ECHO = (req, res) -> res.text(req.pathVariable("n"));

    private final FastRoutes.Builder routes =
            FastRoutes.builder()
                    .get("/core/{n}", Placement.CORE, ECHO)
                    .get("/inline/{n}", Placement.INLINE, ECHO)
                    .get(
                            "/async/{n}",
                            Placement.CORE,
                            (req, res) -> {
                                res.async();
                                CompletableFuture.runAsync(() -> res.text(req.pathVariable("n")));
                            })
                    .get(
                            "/fail/{n}",
                            Placement.CORE,
                            (req, res) -> res.fail(new IllegalStateException("meant")))
                    .post(
                            "/body/{n}",
                            Placement.CORE,
                            (req, res) -> res.text(req.pathVariable("n") + req.body().length));

    @Test
    void pipelinedRequestsOfMixedPlacementAreAnsweredInOrder() throws Exception {
        String[] kinds = {"core", "inline", "async", "inline", "core", "core"};
        StringBuilder requests = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String kind = kinds[i % kinds.length];
            requests.append(RawClient.get("/" + kind + "/" + i));
            expected.add("" + i);
        }
        try (DoorServer server = new DoorServer(Placement.CORE, routes);
                RawClient client = new RawClient(server.port())) {
            client.send(requests.toString());
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String answer = client.receive();
                bodies.add(answer.substring(answer.indexOf("\r\n\r\n") + 4));
            }

            assertThat(bodies).isEqualTo(expected);
            await().until(() -> server.limiter.count() == 0 && server.recorded.size() == 200);
            assertThat(server.recorded).allMatch(one -> one.status() == 200);
        }
    }

    @Test
    void bodiesAndFailuresKeepTheirPlaceInThePipeline() throws Exception {
        try (DoorServer server = new DoorServer(Placement.CORE, routes);
                RawClient client = new RawClient(server.port())) {
            client.send(
                    "POST /body/1 HTTP/1.1\r\nhost: t\r\ncontent-length: 3\r\n\r\nabc"
                            + RawClient.get("/inline/2")
                            + RawClient.get("/fail/3")
                            + "POST /body/4 HTTP/1.1\r\nhost: t\r\n"
                            + "transfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
                            + RawClient.get("/core/5"));

            assertThat(client.receive()).endsWith("13");
            assertThat(client.receive()).endsWith("\r\n\r\n2");
            assertThat(client.receive()).startsWith("HTTP/1.1 500 ");
            assertThat(client.receive()).endsWith("\r\n\r\n42");
            assertThat(client.receive()).endsWith("\r\n\r\n5");
        }
    }

    @Test
    void aClientThatAsksForTheCloseGetsItAfterItsAnswer() throws Exception {
        try (DoorServer server = new DoorServer(Placement.CORE, routes);
                RawClient client = new RawClient(server.port())) {
            client.send("GET /core/1 HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n");

            assertThat(client.receive()).endsWith("\r\n\r\n1");
            org.assertj.core.api.Assertions.assertThatIOException()
                    .isThrownBy(client::head)
                    .withMessageContaining("connection ended");
        }
    }
}
