package io.fasterapi.spring.failures;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.netty.Workers;
import io.fasterapi.spring.equality.Comparison;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import io.fasterapi.spring.webflux.route.RouteReport;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;

/**
 * Every fault at every place, by every lane, placement and protocol: the request fails, soon, with
 * 5xx or the end of its connection; the next is answered; nothing stays under way.
 */
class FailureMatrixChaosTest {

    private static final int CONNECTIONS = 16;

    /** So often each mapping is asked first: a fast lane learns from that. */
    private static final int WARM = 2;

    private static final int FAULTS = Fault.values().length - 1;

    private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.POST);

    private static final List<HttpProtocol> PROTOCOLS =
            List.of(HttpProtocol.HTTP11, HttpProtocol.H2C);

    /** Where requests run. */
    enum Where {
        INLINE("fasterapi.placement.default=inline"),
        COUNTED("fasterapi.placement.default=inline", "fasterapi.admission.max-in-flight=1000"),
        CORE("fasterapi.placement.default=core"),
        VIRTUAL("fasterapi.placement.default=virtual");

        private final List<String> properties;

        Where(String... properties) {
            this.properties = List.of(properties);
        }
    }

    /**
     * One way to a handler.
     *
     * @param lane by this lane
     */
    record Way(Lane lane, Where where, List<HttpProtocol> protocols) {

        boolean isEarly() {
            return (lane == Lane.DIRECT || where == Where.INLINE || where == Where.COUNTED)
                    && !protocols.contains(HttpProtocol.H2C);
        }

        RunningApplication start() {
            List<Class<?>> sources = new ArrayList<>(List.of(FaultyApplication.class));
            List<String> properties = new ArrayList<>(where.properties);
            properties.add("logging.level.root=off");
            properties.add(
                    "spring.autoconfigure.exclude=org.springframework.boot.micrometer.observation"
                            + ".autoconfigure.ObservationAutoConfiguration");
            if (lane == Lane.FILTERED) {
                sources.add(Passing.class);
            } else if (lane == Lane.WEBFLUX) {
                properties.add("fasterapi.fast-lane.controllers=off");
            }
            if (protocols.contains(HttpProtocol.H2C)) {
                properties.add("server.http2.enabled=true");
            }
            if (Comparison.isStockOnly()) {
                properties.add("fasterapi.enabled=false");
            }
            return RunningApplication.start(sources, properties.toArray(String[]::new));
        }
    }

    /**
     * One request that fails.
     *
     * @param ending what became of it
     * @param next what became of the next request of the same mapping
     */
    private record Cell(
            HttpProtocol protocol,
            HttpMethod method,
            Place place,
            Fault fault,
            Seen ending,
            Seen next) {

        boolean isRight() {
            return ending.isFailure() && next.isSuccess();
        }
    }

    /**
     * Where a server has nothing but HTTP/1.1 requests may be answered before Reactor Netty sees
     * them: ways of their own.
     */
    static List<Way> ways() {
        List<Way> all = new ArrayList<>();
        for (Where where : Where.values()) {
            if (where != Where.COUNTED) {
                all.add(new Way(Lane.DIRECT, where, List.of(HttpProtocol.HTTP11)));
                all.add(new Way(Lane.DIRECT, where, List.of(HttpProtocol.H2C)));
            }
            all.add(new Way(Lane.FILTERED, where, PROTOCOLS));
            all.add(new Way(Lane.WEBFLUX, where, PROTOCOLS));
            if (where == Where.INLINE || where == Where.COUNTED) {
                all.add(new Way(Lane.FILTERED, where, List.of(HttpProtocol.HTTP11)));
                all.add(new Way(Lane.WEBFLUX, where, List.of(HttpProtocol.HTTP11)));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyFaultEndsInAFailure(Way way) {
        try (RunningApplication application = way.start()) {
            for (HttpProtocol protocol : way.protocols()) {
                Client client = new Client(application.port(), protocol);
                for (int i = 0; i < WARM; i++) {
                    warm(client);
                }
                List<Cell> cells = Objects.requireNonNull(cells(client).collectList().block());
                assertThat(cells).hasSize(FAULTS * METHODS.size() * Place.values().length);
                assertThat(cells.stream().filter(cell -> !cell.isRight())).as("%s", way).isEmpty();
            }
            if (!Comparison.isStockOnly()) {
                application.awaitIdle();
                assertServed(application, way);
                assertRun(application, way.where(), requests(way) * mappings());
                assertAnsweredEarly(application, way);
            }
        }
    }

    private static int mappings() {
        return METHODS.size() * Place.values().length;
    }

    /** Returns how often each mapping was asked. */
    private static int requests(Way way) {
        return way.protocols().size() * (WARM + 2 * FAULTS);
    }

    /** Each mapping was served by the lane that it has, and that is the one of the way. */
    private static void assertServed(RunningApplication application, Way way) {
        ControllerRoutes routes = application.bean(ControllerRoutes.class);
        long requests = requests(way);
        if (way.lane() == Lane.WEBFLUX) {
            assertThat(routes.counters().calls(Lane.WEBFLUX)).isEqualTo(requests * mappings());
            return;
        }
        for (Place place : Place.values()) {
            List<RouteReport> found =
                    routes.report().stream()
                            .filter(route -> route.pattern().equals(place.path()))
                            .toList();
            assertThat(found).hasSize(METHODS.size());
            for (RouteReport route : found) {
                long calls = route.calls().values().stream().mapToLong(Long::longValue).sum();
                assertThat(calls).as("%s", route).isEqualTo(requests);
                if (place == Place.BODY_END) {
                    continue; // by a slower lane, as some of the streams
                }
                if (!place.isStreamed()) {
                    assertThat(route.lane()).as("%s", route).isEqualTo(way.lane().label());
                }
                if (route.lane().equals(Lane.DIRECT.label()) && !place.isStreamed()) {
                    assertThat(route.left())
                            .as("%s", route)
                            .containsEntry(Reason.FAILURE.text(), (long) FAULTS);
                }
                assertThat(route.calls().get(route.lane())).as("%s", route).isGreaterThan(FAULTS);
            }
        }
    }

    /**
     * Whatever succeeds at once was answered before Reactor Netty saw it where that is possible,
     * but for the first requests, which make the host known.
     */
    private static void assertAnsweredEarly(RunningApplication application, Way way) {
        long early = application.bean(FrontDoor.class).servedCount();
        if (!way.isEarly()) {
            assertThat(early).isZero();
            return;
        }
        long atOnce = Arrays.stream(Place.values()).filter(Place::isAnsweredAtOnce).count();
        long bodies = way.lane() == Lane.DIRECT ? 0 : 1; // the side door takes none there
        assertThat(early).isGreaterThanOrEqualTo((1 + bodies) * atOnce * FAULTS);
    }

    /** Requests ran where the way says, and those to which there is no answer were counted so. */
    private static void assertRun(RunningApplication application, Where where, long requests) {
        Workers workers = application.bean(ServerParts.class).workers();
        assertThat(application.published() >= requests).isEqualTo(where == Where.CORE);
        assertThat(workers.threads().started() >= requests).isEqualTo(where == Where.VIRTUAL);
        if (where == Where.COUNTED) {
            assertThat(application.bean(ConcurrencyLimiter.class).begun()).isEqualTo(requests);
        }
        if (where != Where.INLINE) {
            assertThat(application.bean(ConcurrencyLimiter.class).ended(Ending.FAILED))
                    .isPositive();
        }
    }

    private static void warm(Client client) {
        assertThat(
                        Flux.fromArray(Place.values())
                                .flatMap(
                                        place ->
                                                Flux.fromIterable(METHODS)
                                                        .map(
                                                                method ->
                                                                        client.ask(
                                                                                method,
                                                                                place,
                                                                                Fault.NONE)))
                                .flatMap(ending -> ending, CONNECTIONS)
                                .collectList()
                                .block())
                .hasSize(METHODS.size() * Place.values().length)
                .allMatch(Seen::isSuccess);
    }

    private static Flux<Cell> cells(Client client) {
        return Flux.fromArray(Place.values())
                .flatMap(
                        place ->
                                Flux.fromArray(Fault.values())
                                        .filter(fault -> fault != Fault.NONE)
                                        .flatMap(
                                                fault ->
                                                        Flux.fromIterable(METHODS)
                                                                .map(
                                                                        method ->
                                                                                cell(
                                                                                        client,
                                                                                        method,
                                                                                        place,
                                                                                        fault))))
                .flatMap(cell -> cell, CONNECTIONS);
    }

    private static Mono<Cell> cell(Client client, HttpMethod method, Place place, Fault fault) {
        return client.ask(method, place, fault)
                .flatMap(
                        ending ->
                                client.ask(method, place, Fault.NONE)
                                        .map(
                                                next ->
                                                        new Cell(
                                                                client.protocol(),
                                                                method,
                                                                place,
                                                                fault,
                                                                ending,
                                                                next)));
    }
}
