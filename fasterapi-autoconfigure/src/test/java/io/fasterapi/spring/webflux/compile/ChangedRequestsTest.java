package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;

/** Filters hand on another request or response than the server's: the lane is the same. */
class ChangedRequestsTest {

    private static final int REQUESTS = 10;

    enum Change {
        SECURITY(Security.class, ""),
        BASE_PATH(Setting.Passing.class, "/base"),
        MUTATED(Mutating.class, ""),
        DECORATED(Decorating.class, ""),
        RESPONSE_DECORATED(DecoratingResponse.class, "");

        private final Class<?> filters;
        private final String basePath;

        Change(Class<?> filters, String basePath) {
            this.filters = filters;
            this.basePath = basePath;
        }

        RunningApplication start(String placement) {
            return RunningApplication.start(
                    List.of(Application.class, filters),
                    "spring.webflux.base-path=" + basePath,
                    "fasterapi.placement.default=" + placement);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onTheEventLoop(Change change) throws IOException {
        try (RunningApplication application = change.start("inline")) {
            assertFiltered(application, request("GET", change.basePath + "/json"));
            assertFiltered(application, json(change.basePath + "/echo", "{\"a\":1}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void onACore(Change change) throws IOException {
        try (RunningApplication application = change.start("core")) {
            assertFiltered(application, request("GET", change.basePath + "/json"));
            assertFiltered(application, json(change.basePath + "/echo", "{\"a\":1}"));
        }
    }

    private static void assertFiltered(RunningApplication application, String request)
            throws IOException {
        LaneCounters counters = application.bean(ControllerRoutes.class).counters();
        assertThat(application.exchange(request).text()).isEqualTo("{\"a\":1}");
        long filtered = counters.calls(Lane.FILTERED);
        long webFlux = counters.calls(Lane.WEBFLUX);

        for (int i = 1; i < REQUESTS; i++) {
            assertThat(application.exchange(request).text()).isEqualTo("{\"a\":1}");
        }

        assertThat(counters.calls(Lane.FILTERED) - filtered)
                .as("on the filtered lane")
                .isEqualTo(REQUESTS - 1);
        assertThat(counters.calls(Lane.WEBFLUX)).as("on WebFlux").isEqualTo(webFlux);
        assertThat(counters.calls(Lane.DIRECT)).isZero();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/json")
        Map<String, Integer> json() {
            return Map.of("a", 1);
        }

        @PostMapping("/echo")
        Map<String, Object> echo(@RequestBody Map<String, Object> body) {
            return body;
        }
    }

    /** Its firewall wraps every request. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebFluxSecurity
    static class Security {

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(rules -> rules.anyExchange().permitAll())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }
    }

    /** Adds a header, as filters for correlation do. */
    @Configuration(proxyBeanMethods = false)
    static class Mutating {

        @Bean
        WebFilter correlating() {
            return (exchange, chain) ->
                    chain.filter(
                            exchange.mutate()
                                    .request(request -> request.header("X-Correlation", "1"))
                                    .build());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Decorating {

        @Bean
        @Order(1)
        WebFilter decorating() {
            return (exchange, chain) -> {
                ServerHttpRequest request = exchange.getRequest();
                return chain.filter(
                        exchange.mutate().request(new ServerHttpRequestDecorator(request)).build());
            };
        }

        @Bean
        @Order(2)
        WebFilter passing() {
            return (exchange, chain) -> chain.filter(exchange);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DecoratingResponse {

        @Bean
        WebFilter decorating() {
            return (exchange, chain) ->
                    chain.filter(
                            exchange.mutate()
                                    .response(
                                            new ServerHttpResponseDecorator(exchange.getResponse()))
                                    .build());
        }
    }
}
