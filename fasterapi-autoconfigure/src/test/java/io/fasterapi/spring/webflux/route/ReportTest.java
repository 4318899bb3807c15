package io.fasterapi.spring.webflux.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.AbstractHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** Every kind of route is in the report, with its calls. */
class ReportTest {

    @ParameterizedTest
    @CsvSource({"false, direct", "true, filtered"})
    void countsEveryKindOfRoute(boolean filter, String fast) throws Exception {
        try (RunningApplication application = start("auto", filter)) {
            call(application);

            assertThat(calls(application, "GET", "/fast")).isEqualTo(Map.of(fast, 2L));
            // the custom predicate may match it, too
            assertThat(calls(application, "GET", "/controller")).isEqualTo(Map.of("filtered", 2L));
            assertThat(calls(application, "GET", "/function")).isEqualTo(Map.of("filtered", 3L));
            assertThat(calls(application, "POST", "/function")).isEqualTo(Map.of("filtered", 1L));
            assertThat(calls(application, "GET", "/nested/inner"))
                    .isEqualTo(Map.of("filtered", 1L));
            assertThat(calls(application, "*", "*")).isEqualTo(Map.of("filtered", 2L));
            assertThat(row(application, "*", "*").handler()).isEqualTo("GatewayLike");
            assertThat(row(application, "*", "(a custom predicate)").notCounted())
                    .contains("does not say which of its predicates");
        }
    }

    @Test
    void saysWhyNothingIsCountedWhereWebFluxServesAlone() throws Exception {
        try (RunningApplication application = start("off", false)) {
            call(application);

            for (String pattern : new String[] {"/controller", "/function", "/nested/inner"}) {
                RouteReport row = row(application, "GET", pattern);
                assertThat(row.lane()).isEqualTo("webflux");
                assertThat(row.calls()).isEmpty();
                assertThat(row.notCounted()).contains("fasterapi.controller.calls");
            }
            assertThat(calls(application, "GET", "/fast")).isEqualTo(Map.of("direct", 2L));
        }
    }

    @Test
    void labelsAreInLowerCase() {
        try (RunningApplication application = start("auto", false)) {
            assertThat(application.bean(FasterApiEndpoint.class).report().routes())
                    .allSatisfy(
                            row -> {
                                assertThat(row.lane()).isLowerCase();
                                assertThat(row.placement()).isLowerCase();
                            })
                    .filteredOn(row -> row.pattern().equals("/function"))
                    .extracting(RouteReport::placement)
                    .containsOnly("auto: core");
        }
    }

    private static void call(RunningApplication application) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(application.get("/function").text()).isEqualTo("get");
        }
        String post = RawConnection.request("POST", "/function", "Content-Length: 0");
        assertThat(application.exchange(post).text()).isEqualTo("post");
        for (int i = 0; i < 2; i++) {
            assertThat(application.get("/fast").text()).isEqualTo("fast");
            assertThat(application.get("/gateway/" + i).status()).isEqualTo(200);
            assertThat(application.get("/controller").text()).isEqualTo("controller");
        }
        assertThat(application.get("/nested/inner").text()).isEqualTo("inner");
        application.awaitIdle();
    }

    private static RunningApplication start(String lanes, boolean filter) {
        return RunningApplication.start(
                Application.class,
                "fasterapi.placement.default=auto",
                "fasterapi.fast-lane.controllers=" + lanes,
                "management.endpoints.web.exposure.include=fasterapi",
                "filter=" + filter);
    }

    private static Map<String, Long> calls(
            RunningApplication application, String method, String pattern) {
        RouteReport row = row(application, method, pattern);
        assertThat(row.notCounted()).isNull();
        return row.calls();
    }

    private static RouteReport row(RunningApplication application, String method, String pattern) {
        return application.bean(FasterApiEndpoint.class).report().routes().stream()
                .filter(row -> row.method().equals(method) && row.pattern().equals(pattern))
                .findFirst()
                .orElseThrow();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        FastRoutes fast() {
            return FastRoutes.builder()
                    .get("/fast", Placement.INLINE, (req, res) -> res.text("fast"))
                    .build();
        }

        @Bean
        RouterFunction<ServerResponse> functions() {
            return RouterFunctions.route()
                    .GET("/function", request -> ServerResponse.ok().bodyValue("get"))
                    .POST("/function", request -> ServerResponse.ok().bodyValue("post"))
                    .path(
                            "/nested",
                            nested ->
                                    nested.GET(
                                            "/inner",
                                            request -> ServerResponse.ok().bodyValue("inner")))
                    .route(
                            request -> request.path().equals("/odd"),
                            request -> ServerResponse.ok().bodyValue("odd"))
                    .build();
        }

        @Bean
        GatewayLike gateway() {
            return new GatewayLike();
        }

        @Bean
        Controller controller() {
            return new Controller();
        }

        @Bean
        @ConditionalOnBooleanProperty("filter")
        WebFilter filter() {
            return (exchange, chain) -> chain.filter(exchange);
        }
    }

    /** A mapping that keeps its patterns to itself, as that of Spring Cloud Gateway. */
    static final class GatewayLike extends AbstractHandlerMapping {

        GatewayLike() {
            setOrder(Ordered.LOWEST_PRECEDENCE - 100);
        }

        @Override
        protected Mono<?> getHandlerInternal(ServerWebExchange exchange) {
            return exchange.getRequest().getPath().value().startsWith("/gateway")
                    ? Mono.just((WebHandler) each -> Mono.empty())
                    : Mono.empty();
        }
    }

    @RestController
    static class Controller {

        @GetMapping("/controller")
        String controller() {
            return "controller";
        }
    }
}
