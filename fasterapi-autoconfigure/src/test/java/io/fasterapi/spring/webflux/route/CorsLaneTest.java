package io.fasterapi.spring.webflux.route;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.CorsRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** The application's CORS configuration holds for its fast routes. */
class CorsLaneTest {

    private static final String FRIEND = "Origin: https://friend.example";

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(List.of(RouteApplication.class, Cors.class));
    }

    @AfterAll
    static void stop() {
        application.awaitIdle();
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webflux", "/lane", "/inline", "/items/pen"})
    void aFriendIsNamedAndAStrangerRefused(String target) throws IOException {
        Answer friend = application.exchange(request("GET", target, FRIEND));
        assertThat(friend.status()).isEqualTo(200);
        assertThat(friend.header("Access-Control-Allow-Origin"))
                .isEqualTo("https://friend.example");
        assertThat(
                        application
                                .exchange(request("GET", target, "Origin: https://other.example"))
                                .status())
                .isEqualTo(403);
        assertThat(application.get(target).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webflux", "/lane", "/items/pen"})
    void preflight(String target) throws IOException {
        Answer answer =
                application.exchange(
                        request("OPTIONS", target, FRIEND, "Access-Control-Request-Method: GET"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin"))
                .isEqualTo("https://friend.example");
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("GET");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void theReasonIsNamed() {
        assertThat(application.bean(DirectRoutes.class).report(true))
                .allSatisfy(route -> assertThat(route.toString()).contains("configures CORS"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Cors {

        @Bean
        WebFluxConfigurer cors() {
            return new WebFluxConfigurer() {
                @Override
                public void addCorsMappings(CorsRegistry registry) {
                    registry.addMapping("/**")
                            .allowedOrigins("https://friend.example")
                            .allowedMethods("GET");
                }
            };
        }
    }
}
