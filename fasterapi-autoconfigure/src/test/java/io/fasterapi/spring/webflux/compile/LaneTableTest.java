package io.fasterapi.spring.webflux.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.config.CorsRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.WebFilter;

/** Which signature gets which lane, and what the actuator says of it. */
class LaneTableTest {

    private static final String DIRECT =
            """
            /text /bytes /item /list /map /entity /nothing /mono /mono-entity /future /stage /created
            /bodies /body-text /body-mono /values/{id}/{uuid} /both /twin /shadow/{name} /shadow/own
            /produces /shadow/typed
            """;

    private static final String[][] LEFT = {
        {"/flux", "streams Flux"},
        {"/resource", "returns Resource"},
        {"/object", "returns Object"},
        {"/wildcard", "the type of a body is a type variable or not declared"},
        {"/every-method", "answers every HTTP method"},
        {"/static", "is static"},
        {"/params", "has a condition on parameters"},
        {"/headers", "has a condition on headers"},
        {"/consumes", "has a condition on the Content-Type (consumes)"},
        {"/produces-any", "has a condition on the Accept header (produces)"},
        {"/produces-dialect", "produces another type than application/json"},
        {"/produces-both", "'/produces-both' may match the same requests"},
        {"/regex/{id:\\d+}", "has a path pattern with a wildcard or a regular expression"},
        {"/rest/{*path}", "has a path pattern with a wildcard or a regular expression"},
        {"/view", "uses @JsonView"},
        {"/cors", "has a CORS configuration (@CrossOrigin)"},
        {"/constrained/{id}", "constrains parameters or the result (method validation)"},
        {"/optional", "converts a text to Optional"},
        {"/several", "converts a text to List"},
        {"/expression", "default value '${user.name}' is an expression"},
        {"/session", "parameter of type WebSession"},
        {"/model", "parameter of type Item"},
        {"/cross/{a}/b", "'/cross/a/{b}' may match the same requests"},
        {"/cross/a/{b}", "'/cross/{a}/b' may match the same requests"},
        {"/functional/{id}", "a functional or other mapping that comes first may match"},
    };

    private static final String[][] OF_THE_EXCHANGE = {
        {"/exchange", "parameter of type ServerWebExchange"},
        {"/request", "parameter of type ServerHttpRequest"},
        {"/response", "parameter of type ServerHttpResponse"},
        {"/principal", "parameter of type Principal"},
    };

    @Test
    void everySignatureHasItsLaneAndReason() {
        try (RunningApplication application = RunningApplication.start(Table.class)) {
            Map<String, String> expected = new TreeMap<>();
            for (String pattern : DIRECT.split("\\s+")) {
                expected.put(pattern, "direct: no WebFilter applies");
            }
            left(expected, LEFT);
            left(expected, OF_THE_EXCHANGE);

            Map<String, String> actual = report(application);

            assertThat(actual).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    private static void left(Map<String, String> expected, String[][] rows) {
        for (String[] row : rows) {
            expected.put(row[0], "webflux: " + row[1]);
        }
    }

    /** Behind a filter there is an exchange, so more can be compiled. */
    @Test
    void behindAFilter() {
        try (RunningApplication application =
                RunningApplication.start(List.of(Table.class, Filter.class))) {
            Map<String, String> expected = new TreeMap<>();
            for (String pattern : DIRECT.split("\\s+")) {
                expected.put(pattern, "filtered: WebFilter 'passing' applies");
            }
            for (String[] row : OF_THE_EXCHANGE) {
                expected.put(row[0], "filtered: WebFilter 'passing' applies");
            }
            left(expected, LEFT);

            Map<String, String> actual = report(application);

            assertThat(actual).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    @Test
    void globalCorsIsLikeAFilter() {
        try (RunningApplication application =
                RunningApplication.start(List.of(Table.class, Cors.class))) {
            assertThat(report(application))
                    .containsEntry("/text", "filtered: WebFluxConfigurer 'cors' configures CORS")
                    .containsEntry("/flux", "webflux: streams Flux");
        }
    }

    @Test
    void aMoreSpecificMappingWinsWhateverItsLane() throws IOException {
        try (RunningApplication application = RunningApplication.start(Table.class)) {
            for (int i = 0; i < 3; i++) {
                assertThat(application.get("/shadow/x").text()).isEqualTo("x");
                assertThat(application.get("/shadow/own").text()).isEqualTo("own");
                assertThat(application.get("/shadow/typed").text()).isEqualTo("typed");
                assertThat(application.get("/functional/own").text()).isEqualTo("function");
                assertThat(application.get("/functional/x").text()).isEqualTo("x");
                assertThat(application.get("/static").text()).isEqualTo("static");
            }
        }
    }

    @Test
    void switchedOff() {
        try (RunningApplication application =
                RunningApplication.start(Table.class, "fasterapi.fast-lane.controllers=off")) {
            assertThat(report(application).values())
                    .allMatch(text -> text.startsWith("webflux: "))
                    .contains("webflux: fasterapi.fast-lane.controllers leaves it out");
        }
    }

    /** What is not WebFlux's own may do anything with a request; the table says so. */
    @Test
    void anApplicationsOwnHandlerMapping() throws IOException {
        try (RunningApplication application =
                RunningApplication.start(List.of(Table.class, OwnMapping.class))) {
            assertThat(report(application))
                    .hasSizeGreaterThan(40)
                    .containsKeys("/text", "/flux")
                    .allSatisfy(
                            (pattern, text) ->
                                    assertThat(text)
                                            .startsWith("webflux: the application has its own"));
            assertThat(application.get("/text").text()).isEqualTo("text");
        }
        assertThatThrownBy(
                        () ->
                                RunningApplication.start(
                                        List.of(
                                                Table.class,
                                                OwnMapping.class,
                                                CompiledMethodTest.Asking.class)))
                .rootCause()
                .isInstanceOf(FastPathRefusedException.class)
                .hasMessageContaining("/asking")
                .hasMessageContaining("the application has its own handler mapping or adapter");
    }

    private static Map<String, String> report(RunningApplication application) {
        Map<String, String> rows = new TreeMap<>();
        for (RouteReport row : application.bean(ControllerRoutes.class).report()) {
            rows.put(row.pattern(), row.lane() + ": " + row.reason());
        }
        return rows;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(LaneTable.class)
    static class Table {

        @Bean
        RouterFunction<ServerResponse> function() {
            return RouterFunctions.route()
                    .GET("/functional/own", request -> ServerResponse.ok().bodyValue("function"))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Cors {

        @Bean
        WebFluxConfigurer cors() {
            return new WebFluxConfigurer() {
                @Override
                public void addCorsMappings(CorsRegistry registry) {
                    registry.addMapping("/**");
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMapping {

        @Bean
        WebFluxRegistrations registrations() {
            return new WebFluxRegistrations() {
                @Override
                public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                    return new RequestMappingHandlerMapping() {};
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Filter {

        @Bean
        WebFilter passing() {
            return (exchange, chain) -> chain.filter(exchange);
        }
    }
}
