package io.fasterapi.spring.webflux.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fasterapi.spring.ConfigurationRefusedException;
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
class LaneTableWiringTest {

    private static final String DIRECT =
            """
            /bodies /body-text /both /bytes /created /entity /item /list /map /nothing /produces
            /produces-any /produces-dialect /shadow/own /shadow/typed /shadow/{name} /text /twin
            /view
            """;

    /** What does without the direct lane, and why; the end of the filter chain serves them all. */
    private static final String[][] FILTERED = {
        {"/body-mono", "answers later, and may look for its observation then"},
        {"/constrained/{id}", "constrains parameters or the result (method validation)"},
        {"/consumes", "has a condition on the Content-Type (consumes)"},
        {"/cors", "has a CORS configuration (@CrossOrigin)"},
        {"/cross/a/{b}", "'/cross/{a}/b' may match the same requests"},
        {"/cross/{a}/b", "'/cross/a/{b}' may match the same requests"},
        {"/every-method", "answers every HTTP method"},
        {"/exchange", "has a parameter of type ServerWebExchange"},
        {"/expression", "default value '${user.name}' is an expression"},
        {"/flux", "answers later, and may look for its observation then"},
        {
            "/functional/{id}",
            "'GET /functional/own' (RouterFunction), which comes first, may match the same requests"
        },
        {"/future", "answers later, and may look for its observation then"},
        {"/headers", "has a condition on headers"},
        {"/model", "has a parameter of type Item"},
        {"/mono", "answers later, and may look for its observation then"},
        {"/mono-entity", "answers later, and may look for its observation then"},
        {"/object", "returns Object"},
        {"/optional", "converts a text to Optional"},
        {"/params", "has a condition on parameters"},
        {"/principal", "has a parameter of type Principal"},
        {"/produces-both", "'/produces-both' may match the same requests"},
        {"/regex/{id:\\d+}", "has a path pattern with a wildcard or a regular expression"},
        {"/request", "has a parameter of type ServerHttpRequest"},
        {"/resource", "writes Resource with a codec that may need the exchange"},
        {"/response", "has a parameter of type ServerHttpResponse"},
        {"/rest/{*path}", "has a path pattern with a wildcard or a regular expression"},
        {"/session", "answers later, and may look for its observation then"},
        {"/several", "converts a text to List"},
        {"/stage", "answers later, and may look for its observation then"},
        {"/static", "is static"},
        {"/values/{id}/{uuid}", "has a parameter of type BigDecimal"},
        {"/wildcard", "the type of a body is not declared, or is a type variable"},
    };

    @Test
    void everySignatureHasItsLaneAndReason() {
        try (RunningApplication application = RunningApplication.start(Table.class)) {
            Map<String, String> expected = new TreeMap<>();
            for (String pattern : DIRECT.split("\\s+")) {
                expected.put(pattern, "direct: no WebFilter applies");
            }
            for (String[] row : FILTERED) {
                expected.put(row[0], "filtered: " + row[1]);
            }

            Map<String, String> actual = report(application);

            assertThat(actual).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    @Test
    void behindAFilterAllAreFiltered() {
        try (RunningApplication application =
                RunningApplication.start(List.of(Table.class, Filter.class))) {
            assertThat(report(application))
                    .hasSizeGreaterThan(40)
                    .allSatisfy(
                            (pattern, text) ->
                                    assertThat(text)
                                            .isEqualTo("filtered: WebFilter 'passing' applies"));
        }
    }

    @Test
    void globalCorsIsLikeAFilter() {
        try (RunningApplication application =
                RunningApplication.start(List.of(Table.class, Cors.class))) {
            assertThat(report(application))
                    .containsEntry("/text", "filtered: WebFluxConfigurer 'cors' configures CORS")
                    .containsEntry("/flux", "filtered: WebFluxConfigurer 'cors' configures CORS");
        }
    }

    /** What serves no method of a controller is in the report, too. */
    @Test
    void functionsAndResourcesAreListed() {
        try (RunningApplication application = RunningApplication.start(Table.class)) {
            assertThat(application.bean(ControllerRoutes.class).report())
                    .extracting(row -> row.method() + " " + row.pattern() + " " + row.lane())
                    .contains("GET /functional/own filtered", "* /webjars/** filtered");
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
                    .contains("webflux: fasterapi.fast-lane.controllers excludes it");
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
                                            .startsWith("filtered: the application has its own"));
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
                .isInstanceOf(ConfigurationRefusedException.class)
                .hasMessageContaining("/asking")
                .hasMessageContaining("the application has its own handler mapping or adapter");
    }

    private static Map<String, String> report(RunningApplication application) {
        Map<String, String> rows = new TreeMap<>();
        for (RouteReport row : application.bean(ControllerRoutes.class).report()) {
            if (row.handler().contains("#")) { // a method's
                rows.put(row.pattern(), row.lane() + ": " + row.reason());
            }
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
