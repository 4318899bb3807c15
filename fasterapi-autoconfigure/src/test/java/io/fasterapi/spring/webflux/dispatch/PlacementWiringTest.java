package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.Placed;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.ShardBy;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.ShardKey;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.route.FasterApiEndpoint;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which thread runs what, in each lane. */
class PlacementWiringTest {

    private static final String CORE = "fasterapi-core-";
    private static final String LOOP = "fasterapi-io-";
    private static final String OWN = "fasterapi-(virtual|blocking)-.*";

    private static final String[] LANES = {
        "fasterapi.fast-lane.controllers=auto", "fasterapi.fast-lane.controllers=off"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fasterapi.fast-lane.controllers=auto",
                "fasterapi.fast-lane.controllers=off",
                "filtered=true"
            })
    void annotationsPlaceMethodsAndClasses(String lane) throws IOException {
        try (RunningApplication application = start(lane)) {
            assertThat(application.get("/core").text()).startsWith(CORE);
            assertThat(application.get("/inline").text()).startsWith(LOOP);
            assertThat(application.get("/virtual/7").text()).matches(OWN);
            assertThat(application.get("/flux").text()).matches(OWN);
            assertThat(application.get("/class").text()).matches(OWN);
            assertThat(application.get("/default").text()).startsWith(CORE);
            assertThat(application.get("/function").text()).startsWith(CORE);
            assertThat(application.get("/fast").text()).matches(OWN);
            application.awaitIdle();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fasterapi.fast-lane.controllers=auto",
                "fasterapi.fast-lane.controllers=off",
                "filtered=true"
            })
    void everyLaneHonoursTheShardKey(String lane) throws IOException {
        try (RunningApplication application = start(lane, "fasterapi.placement.default=inline")) {
            HandlerCores cores = application.bean(HandlerCores.class);
            for (int i = 0; i < 16; i++) {
                String core = cores.coreOf("key" + i).name();
                assertThat(application.get("/sharded?key=key" + i).text()).isEqualTo(core);
                assertThat(application.get("/sharded/flux/key" + i).text()).isEqualTo(core);
                assertThat(application.get("/fast/sharded/key" + i).text()).isEqualTo(core);
            }
        }
    }

    @Test
    void propertiesWin() throws IOException {
        try (RunningApplication application =
                start(
                        "fasterapi.placement.routes[/virtual/{id}]=inline",
                        "fasterapi.placement.routes[/d*]=virtual",
                        "fasterapi.placement.routes[/function/**]=inline",
                        "fasterapi.placement.routes[/fast]=inline")) {
            assertThat(application.get("/virtual/7").text()).startsWith(LOOP);
            assertThat(application.get("/default").text()).matches(OWN);
            assertThat(application.get("/function").text()).startsWith(LOOP);
            assertThat(application.get("/fast").text()).startsWith(LOOP);
            assertThat(application.get("/core").text()).startsWith(CORE);
        }
    }

    @Test
    void inlineLeavesEverythingElseOnTheLoop() throws IOException {
        try (RunningApplication application = start("fasterapi.placement.default=inline")) {
            assertThat(application.get("/default").text()).startsWith(LOOP);
            assertThat(application.get("/function").text()).startsWith(LOOP);
            assertThat(application.get("/core").text()).startsWith(CORE);
            assertThat(application.get("/flux").text()).matches(OWN);
        }
    }

    @Test
    void theBasePathIsNoPartOfATemplate() throws IOException {
        try (RunningApplication application =
                start(
                        "spring.webflux.base-path=/api",
                        LANES[1],
                        "fasterapi.placement.routes[/default]=inline")) {
            assertThat(application.get("/api/virtual/7").text()).matches(OWN);
            assertThat(application.get("/api/default").text()).startsWith(LOOP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"controllers=auto", "controllers=off"})
    void bodiesFailuresAndPipelinesWorkOnThreads(String lane) throws IOException {
        try (RunningApplication application = start("fasterapi.fast-lane." + lane)) {
            try (RawConnection connection = application.connect()) {
                String post =
                        request("POST", "/echo", "Content-Length: 5", "Content-Type: text/plain");
                connection.send(
                        post + "abcde" + request("GET", "/failing") + request("GET", "/virtual/1"));
                assertThat(connection.read().text()).isEqualTo("abcde");
                assertThat(connection.read().status()).isEqualTo(500);
                assertThat(connection.read().text()).matches(OWN);
            }
            application.awaitIdle();
        }
    }

    /** The body arrives while the handler waits for it on its thread. */
    @ParameterizedTest
    @ValueSource(strings = {"fasterapi.fast-lane.controllers=off", "filtered=true"})
    void aHandlerOnAThreadMayBlockForItsBody(String lane) throws IOException {
        try (RunningApplication application = start(lane);
                RawConnection connection = application.connect()) {
            connection.send(request("POST", "/blocking", "Content-Length: 5"));
            await().atMost(20, SECONDS)
                    .until(() -> application.bean(ConcurrencyLimiter.class).count() == 1);
            connection.send("abcde");
            assertThat(connection.read().text()).isEqualTo("abcde");
            application.awaitIdle();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"controllers=auto", "controllers=off"})
    void whoWaitsMovesToThreadsOfItsOwn(String lane) {
        try (RunningApplication application =
                start("fasterapi.placement.default=auto", "fasterapi.fast-lane." + lane)) {
            await().atMost(20, SECONDS)
                    .untilAsserted(
                            () -> assertThat(application.get("/sleeping").text()).matches(OWN));
            FasterApiEndpoint.Report report = application.bean(FasterApiEndpoint.class).report();
            assertThat(report.moves())
                    .anySatisfy(
                            move -> {
                                assertThat(move.route()).isEqualTo("GET /sleeping");
                                assertThat(move.from()).isEqualTo("core");
                                assertThat(move.to()).isEqualTo("virtual");
                            });
            assertThat(report.routes())
                    .filteredOn(row -> row.pattern().equals("/sleeping"))
                    .extracting(RouteReport::placement)
                    .containsExactly("auto: virtual");
        }
    }

    private static RunningApplication start(String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("fasterapi.cores.count=2");
        all.add("management.endpoints.web.exposure.include=fasterapi");
        List<Class<?>> sources =
                all.remove("filtered=true")
                        ? List.of(Application.class, Filter.class)
                        : List.of(Application.class);
        return RunningApplication.start(sources, all.toArray(String[]::new));
    }

    private static String thread() {
        return Thread.currentThread().getName();
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
        Endpoints endpoints() {
            return new Endpoints();
        }

        @Bean
        PlacedEndpoints placedEndpoints() {
            return new PlacedEndpoints();
        }

        @Bean
        RouterFunction<ServerResponse> function() {
            return RouterFunctions.route()
                    .GET("/function", request -> ServerResponse.ok().bodyValue(thread()))
                    .build();
        }

        @Bean
        FastRoutes fastRoutes() {
            return FastRoutes.builder()
                    .get("/fast", Placement.VIRTUAL, (req, res) -> res.text(thread()))
                    .get(
                            "/fast/sharded/{key}",
                            ShardKey.path("key"),
                            (req, res) -> res.text(thread()))
                    .build();
        }
    }

    @RestController
    static class Endpoints {

        @Placed(Placement.CORE)
        @GetMapping("/core")
        String core() {
            return thread();
        }

        @Placed(Placement.INLINE)
        @GetMapping("/inline")
        Mono<String> inline() {
            return Mono.just(thread());
        }

        @Placed(Placement.VIRTUAL)
        @GetMapping("/virtual/{id}")
        String virtual(@PathVariable int id) {
            return thread();
        }

        @Placed(Placement.VIRTUAL)
        @GetMapping("/flux")
        Flux<String> flux() {
            return Flux.defer(() -> Flux.just(thread()));
        }

        @Placed(Placement.VIRTUAL)
        @PostMapping("/echo")
        String echo(@RequestBody String body) {
            return body;
        }

        @Placed(Placement.VIRTUAL)
        @PostMapping("/blocking")
        String blocking(@RequestBody Mono<String> body) {
            return body.blockOptional().orElse("");
        }

        @Placed(Placement.VIRTUAL)
        @GetMapping("/failing")
        String failing() {
            throw new IllegalStateException("on purpose");
        }

        @ShardBy(query = "key")
        @GetMapping("/sharded")
        String sharded() {
            return thread();
        }

        @ShardBy(path = "key")
        @GetMapping("/sharded/flux/{key}")
        Flux<String> shardedFlux(@PathVariable String key) {
            return Flux.defer(() -> Flux.just(thread()));
        }

        @GetMapping("/default")
        String byDefault() {
            return thread();
        }

        @GetMapping("/sleeping")
        String sleeping() {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            return thread();
        }
    }

    @Placed(Placement.VIRTUAL)
    @RestController
    static class PlacedEndpoints {

        @GetMapping("/class")
        String placed() {
            return thread();
        }
    }
}
