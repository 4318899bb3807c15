package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteTree;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A door that the front door knows before it is among the server's routes. */
class LateDoorTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 8, WaitMode.PARK, false, "late-core-"));
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    private final FrontDoor front = new FrontDoor();
    private final LateDoor late = new LateDoor();
    private final DisposableServer server =
            front.addTo(
                            HttpServer.create()
                                    .host("127.0.0.1")
                                    .port(0)
                                    .route(
                                            routes ->
                                                    late.addTo(routes)
                                                            .route(
                                                                    request -> true,
                                                                    (request, response) -> {
                                                                        others.incrementAndGet();
                                                                        return response.header(
                                                                                "content-length",
                                                                                "0");
                                                                    })),
                            () -> true)
                    .bindNow();

    @AfterEach
    void stop() {
        server.disposeNow(LONG);
        cores.stop(LONG);
    }

    /** The server is being started: WebFlux handles the request, and nobody else. */
    @Test
    void nobodyComesInByADoorThatIsNotYetOpen() throws Exception {
        FastRoutes routes =
                FastRoutes.builder()
                        .get(
                                "/late",
                                (req, res) -> {
                                    calls.incrementAndGet();
                                    res.async(); // it does not answer at once, and has begun
                                })
                        .get(
                                "/plain",
                                (req, res) -> {
                                    calls.incrementAndGet();
                                    res.text("in");
                                })
                        .build();
        SideDoor door =
                new SideDoor(
                        RouteTree.of(routes.routes()),
                        cores,
                        new SideDoorOptions(
                                Placement.INLINE,
                                new TinyJson(),
                                FailureAnswer.plain(),
                                limiter,
                                1000),
                        (route, method, status, failure, nanos) -> {});
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.get("/other")); // its host is known now
            client.receive();
            front.add(door);
            client.send(RawClient.get("/late"));
            assertThat(client.receive()).startsWith("HTTP/1.1 200");
            assertThat(calls).hasValue(0);
            assertThat(others).hasValue(2);
            assertThat(limiter.begun()).isZero();

            late.open(door);
            client.send(RawClient.get("/plain"));
            assertThat(client.receive()).endsWith("in");
            assertThat(calls).hasValue(1);
            assertThat(others).hasValue(2);
            assertThat(front.servedCount()).isEqualTo(1);
        }
    }
}
