package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What happens to requests that find no room, and to those that a shutdown finds under way. */
@ExtendWith(OutputCaptureExtension.class)
class OverloadChaosTest {

    private static final String[] ONE_SMALL_RING = {
        "fasterapi.cores.count=1",
        "fasterapi.cores.ring-size=2",
        "fasterapi.io.threads=1",
        "fasterapi.watchdog.enabled=false" // it may log a stall of the machine
    };

    @ParameterizedTest
    @ValueSource(strings = {"/direct/block", "/webflux/block"})
    void aFullRingRefuses(String path, CapturedOutput output) throws IOException {
        try (RunningApplication application =
                        RunningApplication.start(Application.class, ONE_SMALL_RING);
                RawConnection first = application.connect();
                RawConnection second = application.connect();
                RawConnection third = application.connect()) {
            Application state = application.bean(Application.class);
            HandlerCore core = application.bean(HandlerCores.class).cores().get(0);
            first.send(request("GET", path));
            await().atMost(20, SECONDS).until(() -> state.entered.getCount() == 0);
            second.send(request("GET", path));
            await().atMost(20, SECONDS).until(() -> core.remaining() == 0);
            String before = output.getAll();
            for (int i = 1; i <= 10; i++) {
                Answer refused = third.exchange(request("GET", path));
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
                assertThat(refused.body()).isEmpty();
                assertThat(core.counters().rejected()).isEqualTo(i);
            }
            await().until(() -> output.getAll().contains("an overload episode begins"));
            assertThat(output.getAll().substring(before.length()).lines())
                    .singleElement()
                    .asString()
                    .endsWith(
                            "requests are refused: GET %s (ring-full). Another line says when it is"
                                            .formatted(path)
                                    + " over. If it lasts, offer less load or add CPUs");
            assertThat(application.bean(ConcurrencyLimiter.class).count()).isEqualTo(2);

            state.opened.countDown();
            assertThat(first.read().text()).isEqualTo("done");
            assertThat(second.read().text()).isEqualTo("done");
            assertThat(third.exchange(request("GET", path)).text()).isEqualTo("done");
            application.awaitIdle();
        }
    }

    /** Inline routes need no ring. */
    @Test
    void whileTheRingIsFullInlineRoutesAnswer() throws IOException {
        try (RunningApplication application =
                        RunningApplication.start(Application.class, ONE_SMALL_RING);
                RawConnection first = application.connect()) {
            Application state = application.bean(Application.class);
            first.send(request("GET", "/direct/block"));
            await().atMost(20, SECONDS).until(() -> state.entered.getCount() == 0);
            assertThat(application.get("/direct/inline").text()).isEqualTo("inline");
            state.opened.countDown();
            assertThat(first.read().text()).isEqualTo("done");
        }
    }

    @Test
    void acceptedRequestsAreAnsweredThoughTheContextCloses(CapturedOutput output)
            throws IOException {
        RunningApplication application =
                RunningApplication.start(Application.class, "server.shutdown=graceful");
        try (application;
                RawConnection direct = application.connect();
                RawConnection webFlux = application.connect()) {
            Application state = application.bean(Application.class);
            ConcurrencyLimiter limiter = application.bean(ConcurrencyLimiter.class);
            direct.send(request("GET", "/direct/late"));
            webFlux.send(request("GET", "/webflux/late"));
            await().atMost(20, SECONDS).until(() -> limiter.count() == 2);
            await().atMost(20, SECONDS)
                    .until(
                            () ->
                                    application.bean(HandlerCores.class).cores().stream()
                                            .allMatch(core -> core.remaining() == core.capacity()));
            CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
            await().atMost(20, SECONDS)
                    .until(() -> output.getAll().contains("Commencing graceful shutdown"));
            state.gate.tryEmitEmpty().orThrow();
            assertThat(direct.read().text()).isEqualTo("late");
            assertThat(webFlux.read().text()).isEqualTo("late");
            closed.orTimeout(30, SECONDS).join();
            assertThat(limiter.count()).isZero();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch opened = new CountDownLatch(1);
        final Sinks.Empty<Void> gate = Sinks.empty();

        @Bean
        FastRoutes routes() {
            return FastRoutes.builder()
                    .get("/direct/block", (request, response) -> response.text(block()))
                    .get(
                            "/direct/inline",
                            io.fasterapi.placement.Placement.INLINE,
                            (request, response) -> response.text("inline"))
                    .get(
                            "/direct/late",
                            (request, response) -> {
                                response.async();
                                gate.asMono()
                                        .doOnTerminate(() -> response.text("late"))
                                        .subscribe();
                            })
                    .build();
        }

        /** Occupies its core until the test lets it go. */
        @GetMapping("/webflux/block")
        String block() throws InterruptedException {
            entered.countDown();
            opened.await();
            return "done";
        }

        @GetMapping("/webflux/late")
        Mono<String> late() {
            return gate.asMono().thenReturn("late");
        }
    }
}
