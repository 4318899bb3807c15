package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/** With automatic context propagation the request's observation is current where it ought to be. */
class PropagatedContextEqualityTest extends ComparedSettings {

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    @Override
    List<String> properties() {
        return List.of("spring.reactor.context-propagation=auto");
    }

    /** Reactor has one hook for the whole JVM, which no context that ends takes back. */
    @AfterAll
    static void propagateNoMore() {
        Hooks.disableAutomaticContextPropagation();
    }

    @ParameterizedTest
    @EnumSource
    void theCurrentObservationIsTheRequests(Setting setting) throws IOException {
        for (String path : List.of("/later", "/delayed", "/stream")) {
            String body = assertLikeStock(setting, "GET " + path, request("GET", path)).text();
            assertThat(body).isEqualTo("http.server.requests");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCurrentInAMethodItselfIsStocks(Setting setting) throws IOException {
        assertLikeStock(setting, "GET /now", request("GET", "/now"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Endpoints endpoints(ObservationRegistry observations) {
            return new Endpoints(observations);
        }
    }

    @RestController
    static class Endpoints {

        private final ObservationRegistry observations;

        Endpoints(ObservationRegistry observations) {
            this.observations = observations;
        }

        @GetMapping("/now")
        String now() {
            Observation current = observations.getCurrentObservation();
            return current == null ? "none" : String.valueOf(current.getContext().getName());
        }

        @GetMapping("/later")
        Mono<String> later() {
            return Mono.fromCallable(this::now);
        }

        @GetMapping("/delayed")
        Mono<String> delayed() {
            return Mono.delay(Duration.ofMillis(1)).map(tick -> now());
        }

        @GetMapping("/stream")
        Flux<String> stream() {
            return Flux.defer(() -> Flux.just(now()));
        }
    }
}
