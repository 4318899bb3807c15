package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.route.RouteTree;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** A meter that fails costs no request its answer, and none its end. */
class RecorderChaosTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 8, WaitMode.PARK, false, "recorded-core-"));
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    private final Failing recorder = new Failing();

    /** Fails whatever it is asked. */
    private static final class Failing implements RouteRecorder {

        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean begins;

        @Override
        public void record(
                Route route, String method, int status, @Nullable Throwable failure, long nanos) {
            asked.incrementAndGet();
            throw new StackOverflowError("injected");
        }

        @Override
        public Runnable active(Route route, String method) {
            asked.incrementAndGet();
            if (!begins) {
                throw new NoClassDefFoundError("injected");
            }
            return () -> {
                throw new OutOfMemoryError("injected");
            };
        }
    }

    private SideDoor door(Placement placement) {
        FastRoutes routes =
                FastRoutes.builder()
                        .get("/fine", (req, res) -> res.text("fine"))
                        .get(
                                "/fails",
                                (req, res) -> {
                                    throw new StackOverflowError("injected");
                                })
                        .build();
        return new SideDoor(
                RouteTree.of(routes.routes()),
                cores,
                new SideDoorOptions(
                        placement, new TinyJson(), FailureAnswer.plain(), limiter, 1000),
                recorder);
    }

    @ParameterizedTest
    @EnumSource(Placement.class)
    void everyRequestIsAnsweredAndCountedOut(Placement placement) throws Exception {
        cores.start();
        SideDoor door = door(placement);
        DisposableServer server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .protocol(HttpProtocol.HTTP11)
                        .route(door::addTo)
                        .bindNow();
        try (RawClient client = new RawClient(server.port())) {
            for (boolean begins : new boolean[] {false, true}) {
                recorder.begins = begins;
                client.send(RawClient.get("/fine"));
                assertThat(client.receive()).startsWith("HTTP/1.1 200").endsWith("fine");
                client.send(RawClient.get("/fails"));
                assertThat(client.receive()).startsWith("HTTP/1.1 500");
            }
            await().until(() -> limiter.count() == 0);
            assertThat(limiter.begun()).isEqualTo(4);
            assertThat(recorder.asked.get()).isGreaterThanOrEqualTo(4);
        } finally {
            server.disposeNow(LONG);
            cores.stop(LONG);
        }
    }

    @Test
    void neitherDoesItAtTheFrontDoor() throws Exception {
        cores.start();
        SideDoor side = door(Placement.INLINE);
        FrontDoor front = new FrontDoor();
        front.add(side);
        HttpServer plain = HttpServer.create().host("127.0.0.1").port(0);
        DisposableServer server = front.addTo(plain.route(side::addTo), () -> true).bindNow();
        try (RawClient client = new RawClient(server.port())) {
            for (int i = 0; i < 3; i++) { // the first one makes its host known
                client.send(RawClient.get("/fine"));
                assertThat(client.receive()).startsWith("HTTP/1.1 200").endsWith("fine");
            }
            await().until(() -> limiter.count() == 0);
            assertThat(front.servedCount()).isEqualTo(2);
            assertThat(recorder.asked).hasValue(3);
        } finally {
            server.disposeNow(LONG);
            cores.stop(LONG);
        }
    }
}
