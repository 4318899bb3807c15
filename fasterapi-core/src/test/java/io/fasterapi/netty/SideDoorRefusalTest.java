package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.core.CoreStoppedException;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SideDoorRefusalTest {

    private static final DoorServer.Recorded REFUSED =
            new DoorServer.Recorded("GET /core", "GET", 503, null);

    private final CountDownLatch hold = new CountDownLatch(1);
    private final FastRoutes.Builder routes =
            FastRoutes.builder()
                    .get(
                            "/core",
                            (req, res) -> {
                                hold.await();
                                res.text("core");
                            })
                    .get("/inline", Placement.INLINE, (req, res) -> res.text("inline"));

    @Test
    void aFullRingAnswers503AndTheConnectionGoesOn() throws Exception {
        List<RawClient> waiting = new ArrayList<>();
        try (DoorServer server = new DoorServer(Placement.CORE, routes);
                RawClient client = new RawClient(server.port())) {
            for (int i = 1; i <= DoorServer.RING; i++) {
                RawClient one = new RawClient(server.port());
                waiting.add(one);
                one.send(RawClient.get("/core"));
                int soFar = i;
                await().until(() -> server.cores.cores().get(0).published() == soFar);
            }
            for (int i = 0; i < 3; i++) {
                client.send(RawClient.get("/core"));
                String refused = client.receive();
                assertThat(refused)
                        .startsWith("HTTP/1.1 503 ")
                        .containsPattern("retry-after: [12]\r\n");
            }
            client.send(RawClient.get("/inline"));
            assertThat(client.receive()).endsWith("inline");
            await().until(() -> server.recorded.size() == 4);
            await().until(() -> server.limiter.count() == DoorServer.RING);
            assertThat(server.recorded).startsWith(REFUSED, REFUSED, REFUSED).hasSize(4);
            assertThat(server.cores.cores().get(0).counters().rejected()).isEqualTo(3);
            assertThat(server.limiter.count()).isEqualTo(DoorServer.RING);
            hold.countDown();
            for (RawClient one : waiting) {
                assertThat(one.receive()).endsWith("core");
            }
            client.send(RawClient.get("/core"));
            assertThat(client.receive()).endsWith("core");
            await().until(() -> server.limiter.count() == 0);
        } finally {
            for (RawClient one : waiting) {
                one.close();
            }
        }
    }

    @Test
    void stoppedCoresAnswer503() throws Exception {
        try (DoorServer server = new DoorServer(Placement.CORE, routes);
                RawClient client = new RawClient(server.port())) {
            server.stopCores();
            client.send(RawClient.get("/core"));

            assertThat(client.receive()).startsWith("HTTP/1.1 503 ");
            client.send(RawClient.get("/inline"));
            assertThat(client.receive()).endsWith("inline");
        }
    }

    @Test
    void whatTheCoresCannotFinishInTimeIsAnsweredAsAFailure() throws Exception {
        try (DoorServer server = new DoorServer(Placement.CORE, routes);
                RawClient running = new RawClient(server.port());
                RawClient waiting = new RawClient(server.port())) {
            running.send(RawClient.get("/core"));
            await().until(() -> server.cores.cores().get(0).published() == 1);
            waiting.send(RawClient.get("/core"));
            await().until(() -> server.cores.cores().get(0).published() == 2);
            server.cores.stop(Duration.ofMillis(1));

            assertThat(running.receive()).startsWith("HTTP/1.1 500 ");
            assertThat(waiting.receive()).startsWith("HTTP/1.1 500 ");
            await().until(() -> server.limiter.count() == 0 && server.recorded.size() == 2);
            assertThat(server.recorded)
                    .anyMatch(one -> one.failure() instanceof InterruptedException)
                    .anyMatch(one -> one.failure() instanceof CoreStoppedException);
        }
    }
}
