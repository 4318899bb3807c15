package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.BufferedResponse;
import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.route.RouteTree;
import io.fasterapi.test.Faults;
import io.fasterapi.test.HandOver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** One fault at each hand-over of a direct route: answered, and counted out. */
class DoorChaosTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** At these the answer is what it would have been. */
    private static final Set<HandOver> ASIDE =
            Set.of(
                    HandOver.RECORD,
                    HandOver.ACTIVE,
                    HandOver.ACTIVE_END,
                    HandOver.FAILURE_RECORDS,
                    HandOver.LIMIT,
                    HandOver.LIMIT_ENDED,
                    HandOver.FIRST_REFUSAL,
                    HandOver.CANCEL_ACTION);

    private static final List<Supplier<Throwable>> KINDS =
            List.of(
                    () -> new OutOfMemoryError("injected"),
                    () -> new StackOverflowError("injected"),
                    () -> new NoClassDefFoundError("injected"),
                    () -> new IllegalStateException("injected"));

    private final Faults faults = new Faults();
    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 8, WaitMode.PARK, false, "faulty-door-"));
    private final ThreadWorkers threads = ThreadWorkers.pooled();
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    private @Nullable DisposableServer server;

    static Stream<Arguments> faults() {
        return Stream.of(
                        HandOver.HANDLER,
                        HandOver.SHARD_KEY,
                        HandOver.CANCEL_ACTION,
                        HandOver.RECORD,
                        HandOver.ACTIVE,
                        HandOver.ACTIVE_END,
                        HandOver.FAILURE_ANSWER,
                        HandOver.FAILURE_RECORDS,
                        HandOver.LIMIT,
                        HandOver.LIMIT_ENDED,
                        HandOver.FIRST_REFUSAL)
                .flatMap(
                        point ->
                                KINDS.stream()
                                        .flatMap(
                                                kind ->
                                                        Stream.of(
                                                                        Placement.CORE,
                                                                        Placement.INLINE,
                                                                        Placement.VIRTUAL)
                                                                .filter(
                                                                        where ->
                                                                                reaches(
                                                                                        point,
                                                                                        where))
                                                                .map(
                                                                        where ->
                                                                                Arguments.of(
                                                                                        point, kind,
                                                                                        where))));
    }

    private static boolean reaches(HandOver point, Placement where) {
        return switch (point) {
            case SHARD_KEY -> where == Placement.CORE;
            case ACTIVE, ACTIVE_END -> where != Placement.INLINE;
            default -> true;
        };
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.disposeNow(LONG);
        }
        cores.stop(LONG);
    }

    private SideDoor door(Placement placement, HandOver point) {
        FastRoutes.Builder routes =
                FastRoutes.builder()
                        .get(
                                "/it",
                                (req, res) -> {
                                    faults.at(HandOver.HANDLER);
                                    res.text("it");
                                })
                        .get(
                                "/fails",
                                (req, res) -> res.fail(new IllegalStateException("on purpose")))
                        .get(
                                "/hangs",
                                (req, res) -> {
                                    ((BufferedResponse) res)
                                            .onCancel(() -> faults.at(HandOver.CANCEL_ACTION));
                                    res.async();
                                });
        if (point == HandOver.SHARD_KEY) {
            routes =
                    FastRoutes.builder()
                            .get(
                                    "/it",
                                    req -> {
                                        faults.at(HandOver.SHARD_KEY);
                                        return "key";
                                    },
                                    (req, res) -> res.text("it"));
        }
        Placements placements =
                new Placements(
                        placement, template -> null, new LoadLimits(() -> limit(), t -> false));
        placements.followRefusals((load, cause) -> faults.at(HandOver.FIRST_REFUSAL));
        return new SideDoor(
                RouteTree.of(routes.build().routes()),
                cores,
                new SideDoorOptions(
                        placements,
                        threads,
                        new TinyJson(),
                        BodyWriters.of(new TinyJson()),
                        failures(),
                        Admission.of(limiter),
                        1000),
                recorder());
    }

    private ConcurrencyLimit limit() {
        return new ConcurrencyLimit() {
            @Override
            public int now() {
                faults.at(HandOver.LIMIT);
                return 1;
            }

            @Override
            public boolean isLearning() {
                return true;
            }

            @Override
            public void ended(long begunNanos, long nanos, int underWay, boolean failed) {
                faults.at(HandOver.LIMIT_ENDED);
            }
        };
    }

    private FailureAnswer failures() {
        return new FailureAnswer() {
            @Override
            public Publisher<Void> answer(
                    HttpServerRequest request, HttpServerResponse response, Throwable failure) {
                faults.at(HandOver.FAILURE_ANSWER);
                response.status(500);
                return Mono.empty();
            }

            @Override
            public boolean records(Throwable failure) {
                faults.at(HandOver.FAILURE_RECORDS);
                return false;
            }
        };
    }

    private RouteRecorder recorder() {
        return new RouteRecorder() {
            @Override
            public void record(
                    Route route,
                    String method,
                    int status,
                    @Nullable Throwable failure,
                    long nanos) {
                faults.at(HandOver.RECORD);
            }

            @Override
            public Runnable active(Route route, String method) {
                faults.at(HandOver.ACTIVE);
                return () -> faults.at(HandOver.ACTIVE_END);
            }
        };
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyRequestEndsAsItShould(HandOver point, Supplier<Throwable> kind, Placement placement)
            throws Exception {
        cores.start();
        SideDoor door = door(placement, point);
        FrontDoor front = new FrontDoor();
        front.add(door);
        HttpServer plain = HttpServer.create().host("127.0.0.1").port(0).route(door::addTo);
        DisposableServer bound = front.addTo(plain, () -> true).bindNow();
        server = bound;
        Set<Thread> before = threads();
        faults.arm(point, 0, kind);
        int wrong = 0;
        try (RawClient client = new RawClient(bound.port())) {
            for (int i = 0; i < 4; i++) {
                client.send(RawClient.get("/it"));
                wrong += client.receive().startsWith("HTTP/1.1 200") ? 0 : 1;
                soon().until(() -> limiter.count() == 0);
                if (point != HandOver.SHARD_KEY) {
                    client.send(RawClient.get("/fails"));
                    assertThat(client.receive()).startsWith("HTTP/1.1 500");
                    soon().until(() -> limiter.count() == 0);
                }
            }
        }
        if (point != HandOver.SHARD_KEY) {
            refuseAndHangUp(bound.port());
        }
        soon().until(() -> limiter.count() == 0);
        soon().until(() -> faults.fired() == 1); // some are behind the count
        assertThat(wrong)
                .isEqualTo(ASIDE.contains(point) || point == HandOver.FAILURE_ANSWER ? 0 : 1);
        try (RawClient client = new RawClient(bound.port())) {
            client.send(RawClient.get("/it"));
            assertThat(client.receive()).startsWith("HTTP/1.1 200").endsWith("it");
        }
        assertThat(threads()).isEqualTo(before);
    }

    /** One request hangs, the next is one too many, and then the client goes. */
    private void refuseAndHangUp(int port) throws Exception {
        try (RawClient hangs = new RawClient(port);
                RawClient refused = new RawClient(port)) {
            hangs.send(RawClient.get("/hangs"));
            soon().until(() -> limiter.count() == 1);
            refused.send(RawClient.get("/hangs"));
            assertThat(refused.receive()).startsWith("HTTP/1.1 503");
        }
    }

    /** There are ten such moments in each of more than a hundred tests. */
    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("faulty-door-"))
                .collect(Collectors.toSet());
    }
}
