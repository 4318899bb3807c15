package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.http.FastHandler;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteRecorder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that reset their connection. Lost buffers fail the build after the last test. While a
 * core works for a connection its end is not looked at, so there the answer may be what is
 * recorded.
 */
class SideDoorHangUpChaosTest {

    private static final DoorServer.Recorded HUNG_UP =
            new DoorServer.Recorded("POST /it", "POST", RouteRecorder.STATUS_UNKNOWN, null);
    private static final String REQUEST =
            "POST /it HTTP/1.1\r\nhost: t\r\ncontent-length: 4\r\n\r\n";

    private static DoorServer server(Placement placement, FastHandler handler) {
        return new DoorServer(placement, FastRoutes.builder().post("/it", handler));
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void whileItsBodyIsOnTheWay(Placement placement) throws Exception {
        try (DoorServer server = server(placement, (req, res) -> res.text("never"));
                RawClient client = new RawClient(server.port())) {
            client.send(REQUEST + "12");
            await().until(() -> server.limiter.count() == 1);
            client.reset();
            await().until(() -> server.limiter.count() == 0);

            assertThat(server.recorded).containsExactly(HUNG_UP);
        }
    }

    @Test
    void beforeItsHandlerRuns() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        FastHandler handler =
                (req, res) -> {
                    hold.await();
                    res.text("late");
                };
        try (DoorServer server = server(Placement.CORE, handler);
                RawClient first = new RawClient(server.port());
                RawClient second = new RawClient(server.port())) {
            first.send(REQUEST + "1234");
            await().until(() -> server.cores.cores().get(0).published() == 1);
            second.send(REQUEST + "1234");
            await().until(() -> server.cores.cores().get(0).published() == 2);
            second.reset();
            hold.countDown();

            assertThat(first.receive()).endsWith("late");
            await().until(() -> server.cores.cores().get(0).counters().taken() == 2);
            await().until(() -> server.limiter.count() == 0 && server.recorded.size() == 2);
            assertThat(server.recorded)
                    .contains(new DoorServer.Recorded("POST /it", "POST", 200, null));
        }
    }

    /** How an answer may come too late. */
    enum LateEnd {
        TEXT(res -> res.text("late")),
        JSON(res -> res.json("late")),
        END(FastResponse::end),
        FAIL(res -> res.fail(new IllegalStateException("late")));

        private final Consumer<FastResponse> end;

        LateEnd(Consumer<FastResponse> end) {
            this.end = end;
        }
    }

    @ParameterizedTest
    @EnumSource(LateEnd.class)
    void whileItsHandlerRuns(LateEnd late) throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        FastHandler handler =
                (req, res) -> {
                    hold.await();
                    late.end.accept(res);
                };
        try (DoorServer server = server(Placement.CORE, handler);
                RawClient client = new RawClient(server.port())) {
            client.send(REQUEST + "1234");
            await().until(() -> server.cores.cores().get(0).published() == 1);
            client.reset();
            hold.countDown();
            await().until(() -> server.cores.cores().get(0).counters().taken() == 1);
            await().until(() -> server.limiter.count() == 0);

            assertThat(server.recorded).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(LateEnd.class)
    void beforeAnAsynchronousAnswer(LateEnd late) throws Exception {
        AtomicReference<FastResponse> response = new AtomicReference<>();
        for (Placement placement : Placement.values()) {
            response.set(null);
            try (DoorServer server = server(placement, (req, res) -> response.set(res.async()));
                    RawClient client = new RawClient(server.port())) {
                client.send(REQUEST + "1234");
                await().until(() -> response.get() != null);
                client.reset();
                await().until(() -> server.limiter.count() == 0);
                late.end.accept(response.get());

                assertThat(server.recorded).containsExactly(HUNG_UP);
                assertThat(server.limiter.count()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void afterItsAnswerWasGivenAndNotYetReceived(Placement placement) throws Exception {
        try (DoorServer server = server(placement, (req, res) -> res.bytes(new byte[8_000_000]));
                RawClient client = new RawClient(server.port())) {
            client.send(REQUEST + "1234");
            assertThat(client.head()).contains("Content-Length: 8000000");
            client.reset();
            await().until(() -> server.limiter.count() == 0 && !server.recorded.isEmpty());

            assertThat(server.recorded)
                    .containsExactly(new DoorServer.Recorded("POST /it", "POST", 200, null));
        }
    }
}
