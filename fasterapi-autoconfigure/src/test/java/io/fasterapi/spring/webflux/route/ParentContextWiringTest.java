package io.fasterapi.spring.webflux.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.accept.RequestedContentTypeResolverBuilder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/** What a parent context declares applies to its children, in WebFlux and so here. */
class ParentContextWiringTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                FilteredLaneTest.Filtering.class,
                FilteredLaneTest.Decorating.class,
                FilteredLaneTest.Customizing.class
            })
    void everyRequestPassesWhatIsThere(Class<?> parent) throws IOException {
        try (RunningApplication application =
                RunningApplication.startUnder(parent, RouteApplication.class)) {
            for (String target : List.of("/webflux", "/lane", "/inline", "/teapot")) {
                assertThat(application.get(target).header(FilteredLaneTest.HEADER))
                        .as(target)
                        .isEqualTo("obstacle");
            }
            assertThat(application.bean(DirectRoutes.class).report(true))
                    .allMatch(route -> route.lane().equals("filtered"));
            application.awaitIdle();
        }
    }

    @Test
    void forwardedHeadersAreSeenFirst() throws IOException {
        try (RunningApplication application =
                RunningApplication.startUnder(Forwarding.class, RouteApplication.class)) {
            assertThat(application.get("/lane").text()).startsWith("webflux ");
        }
    }

    @ParameterizedTest
    @CsvSource({"negotiating,filtered", "observing,filtered"})
    void noControllerIsDirectThatAParentConfigures(String name, String lane) {
        Class<?> parent = name.equals("observing") ? Observing.class : Negotiating.class;
        try (RunningApplication application =
                RunningApplication.startUnder(parent, RouteApplication.class)) {
            assertThat(application.bean(ControllerRoutes.class).report())
                    .filteredOn(route -> route.pattern().equals("/webflux"))
                    .singleElement()
                    .extracting(RouteReport::lane)
                    .isEqualTo(lane);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Forwarding {

        @Bean
        ForwardedHeaderTransformer forwardedHeaderTransformer() {
            return new ForwardedHeaderTransformer();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Negotiating {

        @Bean
        WebFluxConfigurer negotiating() {
            return new WebFluxConfigurer() {
                @Override
                public void configureContentTypeResolver(
                        RequestedContentTypeResolverBuilder builder) {
                    builder.headerResolver();
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Observing {

        @Bean
        ObservationHandler<Observation.Context> observing() {
            return context -> false;
        }
    }
}
