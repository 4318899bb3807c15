package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.equality.Comparison;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** Results that fail, or whose own code does while they are written. */
class FailingResultsEqualityTest extends ComparedSettings {

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    /** Without a registry, what answers later is on the direct lane, too. */
    @Override
    List<String> properties() {
        return List.of(
                "spring.autoconfigure.exclude=org.springframework.boot.micrometer.observation"
                        + ".autoconfigure.ObservationAutoConfiguration");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfAnEntitysHeaders(Setting setting) throws IOException {
        for (String path : List.of("/now", "/later", "/stage")) {
            assertLikeStock(setting, "GET " + path, request("GET", path)); // for the Accept header
            String broken = request("GET", path + "?broken=true");
            assertThat(assertLikeStock(setting, "GET " + path, broken).status())
                    .as(path)
                    .isEqualTo(500);
            if (!setting.isFiltered() && !Comparison.isStockOnly()) {
                assertThat(left(setting, path)).containsEntry(Reason.VALUE.text(), 3L);
            }
        }
    }

    private Map<String, Long> left(Setting setting, String path) {
        return in(setting).bean(ControllerRoutes.class).report().stream()
                .filter(route -> route.pattern().equals(path))
                .findFirst()
                .orElseThrow()
                .left();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "DIRECT_.*")
    void failuresDoNotCloseTheDirectLane(Setting setting) throws IOException {
        RunningApplication application = in(setting);
        LaneCounters counters = application.bean(ControllerRoutes.class).counters();
        assertThat(application.get("/found?id=1").status()).isEqualTo(200);
        for (int i = 0; i < 40; i++) {
            assertThat(application.get("/found?id=0").status()).isEqualTo(404);
        }
        long before = counters.calls(Lane.DIRECT);
        assertThat(application.get("/found?id=1").text()).isEqualTo("1");
        assertThat(counters.calls(Lane.DIRECT)).isEqualTo(before + 1);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        private static ResponseEntity<String> entity(boolean broken) {
            return broken ? new Broken() : ResponseEntity.ok("text");
        }

        @GetMapping("/now")
        ResponseEntity<String> now(@RequestParam(defaultValue = "false") boolean broken) {
            return entity(broken);
        }

        @GetMapping("/later")
        Mono<ResponseEntity<String>> later(@RequestParam(defaultValue = "false") boolean broken) {
            return Mono.fromSupplier(() -> entity(broken));
        }

        @GetMapping("/stage")
        CompletableFuture<ResponseEntity<String>> stage(
                @RequestParam(defaultValue = "false") boolean broken) {
            return CompletableFuture.completedFuture(entity(broken));
        }

        @GetMapping("/found")
        Mono<String> found(@RequestParam int id) {
            return id == 0
                    ? Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND))
                    : Mono.just("" + id);
        }
    }

    /** An entity whose headers cannot be looked at. */
    private static final class Broken extends ResponseEntity<String> {

        Broken() {
            super("text", HttpStatus.OK);
        }

        @Override
        public HttpHeaders getHeaders() {
            throw new AssertionError("no headers");
        }
    }
}
