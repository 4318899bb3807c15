package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.placement.Placed;
import io.fasterapi.placement.Placement;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Patterns for the same paths, which WebFlux allows, do not keep others from their places. */
class MappedRoutesTest {

    @ParameterizedTest
    @CsvSource({
        "/deep/a,   fasterapi-io-",
        "/plain/a,  fasterapi-core-",
    })
    void eachRunsWhereItsOwnMethodSays(String path, String thread) throws Exception {
        try (RunningApplication application =
                        RunningApplication.start(
                                Application.class, "fasterapi.fast-lane.controllers=off");
                RawConnection connection = application.connect()) {
            assertThat(connection.exchange(request("GET", path)).text()).startsWith(thread);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Endpoints endpoints() {
            return new Endpoints();
        }
    }

    @RestController
    static class Endpoints {

        @GetMapping("/deep/**")
        @Placed(Placement.CORE)
        String rest() {
            return Thread.currentThread().getName();
        }

        @GetMapping("/deep/{*rest}")
        @Placed(Placement.CORE)
        String named() {
            return Thread.currentThread().getName();
        }

        @GetMapping("/deep/{id}")
        @Placed(Placement.INLINE)
        String one() {
            return Thread.currentThread().getName();
        }

        @GetMapping("/plain/{id}")
        @Placed(Placement.CORE)
        String plain() {
            return Thread.currentThread().getName();
        }
    }
}
