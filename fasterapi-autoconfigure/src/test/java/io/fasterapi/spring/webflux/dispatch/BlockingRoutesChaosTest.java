package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.placement.Placed;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.PlacementMove;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;

/**
 * What handlers that block, for as long as the test likes, take from others and from each other.
 */
class BlockingRoutesChaosTest {

    private static final String OWN = "fasterapi-(virtual|blocking)-.*";
    private static final int CALLS = 6;

    private final List<RawConnection> connections = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
    }

    /** The first two occupy both cores: without them nobody would run the others. */
    @ParameterizedTest
    @CsvSource({
        "/hold, GET /hold, fasterapi.fast-lane.controllers=auto",
        "/hold, GET /hold, fasterapi.fast-lane.controllers=off",
        "/hold, GET /hold, filtered=true",
        "/fast/hold, GET /fast/hold, fasterapi.fast-lane.controllers=auto",
        "/function/hold, * /**, fasterapi.fast-lane.controllers=auto"
    })
    void aRouteMovesWhileItsFirstCallsBlock(String path, String route, String lane)
            throws IOException {
        try (RunningApplication application = start(lane)) {
            State state = application.bean(State.class);
            send(application, path, 2);
            await().atMost(20, SECONDS).until(() -> state.entered.get() == 2);
            send(application, path, CALLS - 2);

            await().atMost(20, SECONDS).until(() -> state.entered.get() == CALLS);
            assertThat(application.bean(Placements.class).lastMoves())
                    .extracting(PlacementMove::route, PlacementMove::to)
                    .contains(org.assertj.core.groups.Tuple.tuple(route, Placement.VIRTUAL));
            assertThat(threads(application).started()).isGreaterThanOrEqualTo(CALLS - 2);
            assertThat(application.get("/thread").status()).isEqualTo(200);
            release(application, "held");
        }
    }

    /** Each route blocks once, so none of them moves: the third one goes to a thread for now. */
    @Test
    void othersAreServedWhileAllCoresAreHeld() throws IOException {
        try (RunningApplication application = start()) {
            State state = application.bean(State.class);
            send(application, "/hold", 1);
            send(application, "/hold/other", 1);
            await().atMost(20, SECONDS).until(() -> state.entered.get() == 2);

            assertThat(application.get("/thread").text()).matches(OWN);
            assertThat(moved(application)).isEqualTo(1);
            assertThat(application.bean(Placements.class).lastMoves()).isEmpty();
            release(application, "held");
        }
    }

    /** On a JDK with virtual threads there is always one more. */
    @Test
    void theActuatorDoesNotWaitForTheThreadsOfOthers() throws IOException {
        try (RunningApplication application = start("fasterapi.placement.threads=2")) {
            State state = application.bean(State.class);
            send(application, "/hold/virtual", 3);
            await().atMost(20, SECONDS).until(() -> state.entered.get() >= 2);
            await().atMost(20, SECONDS).until(() -> threads(application).running() == 3);

            long before = threads(application).started();
            assertThat(application.get("/actuator/health").status()).isEqualTo(200);
            assertThat(threads(application).started()).isEqualTo(before + 1);
            release(application, "held");
        }
    }

    /** The only thread never comes back, and the second request is answered all the same. */
    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void whoWaitsForTooLongForAThreadIsRefused() throws IOException {
        try (RunningApplication application =
                start("fasterapi.placement.threads=1", "fasterapi.admission.patience=100ms")) {
            State state = application.bean(State.class);
            RawConnection connection = connect(application);
            send(application, "/hold/virtual", 1);
            await().atMost(20, SECONDS).until(() -> state.entered.get() == 1);
            assertThat(connection.exchange(request("GET", "/thread/virtual")).status())
                    .isEqualTo(503);
            assertThat(
                            application
                                    .bean(Placements.class)
                                    .of("GET", "/thread/virtual", null)
                                    .load()
                                    .refused(Refused.WAITED))
                    .isEqualTo(1);
            connections.remove(connection);
            connection.close();
            release(application, "held");
        }
    }

    private RawConnection connect(RunningApplication application) throws IOException {
        RawConnection connection = application.connect();
        connections.add(connection);
        return connection;
    }

    private void send(RunningApplication application, String path, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            connect(application).send(request("GET", path));
        }
    }

    private void release(RunningApplication application, String answer) throws IOException {
        application.bean(State.class).opened.countDown();
        for (RawConnection connection : connections) {
            assertThat(connection.read().text()).isEqualTo(answer);
        }
        application.awaitIdle();
    }

    private static ThreadWorkers threads(RunningApplication application) {
        return application.bean(ServerParts.class).workers().threads();
    }

    private static long moved(RunningApplication application) {
        return application.bean(HandlerCores.class).cores().stream()
                .mapToLong(core -> core.counters().moved())
                .sum();
    }

    private static RunningApplication start(String... properties) {
        List<String> all = new ArrayList<>();
        all.add("fasterapi.placement.default=auto");
        all.add("fasterapi.cores.count=2");
        all.add("fasterapi.watchdog.enabled=false"); // nothing here is its business
        all.add("management.endpoints.web.exposure.include=health");
        all.addAll(List.of(properties));
        List<Class<?>> sources = new ArrayList<>(List.of(Application.class, State.class));
        if (all.remove("filtered=true")) {
            sources.add(Filter.class);
        }
        return RunningApplication.start(sources, all.toArray(String[]::new));
    }

    /** What the test and the handlers share. */
    static class State {

        final AtomicInteger entered = new AtomicInteger();
        final CountDownLatch opened = new CountDownLatch(1);

        String hold() {
            entered.incrementAndGet();
            try {
                opened.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            return "held";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Filter {

        @Bean
        @Order(1)
        WebFilter passing() {
            return (exchange, chain) -> chain.filter(exchange);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Endpoints endpoints(State state) {
            return new Endpoints(state);
        }

        @Bean
        FastRoutes fastRoutes(State state) {
            return FastRoutes.builder()
                    .get("/fast/hold", (request, response) -> response.text(state.hold()))
                    .build();
        }

        @Bean
        RouterFunction<ServerResponse> function(State state) {
            return RouterFunctions.route()
                    .GET("/function/hold", request -> ServerResponse.ok().bodyValue(state.hold()))
                    .build();
        }
    }

    @RestController
    static class Endpoints {

        private final State state;

        Endpoints(State state) {
            this.state = state;
        }

        @GetMapping("/hold")
        String hold() {
            return state.hold();
        }

        @GetMapping("/hold/other")
        String holdOther() {
            return state.hold();
        }

        @Placed(Placement.VIRTUAL)
        @GetMapping("/hold/virtual")
        String holdVirtual() {
            return state.hold();
        }

        @Placed(Placement.VIRTUAL)
        @GetMapping("/thread/virtual")
        String threadVirtual() {
            return Thread.currentThread().getName();
        }

        @GetMapping("/thread")
        String thread() {
            return Thread.currentThread().getName();
        }
    }
}
