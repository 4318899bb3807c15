package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.exchange.InFlight;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ten thousand requests by clients and to handlers that misbehave. Nothing may be lost by it: no
 * slot, no thread, no buffer (the leak detector fails the build), no count.
 */
class ChaosTest {

    private static final int CLIENTS = 32;
    private static final int REQUESTS = 10_000;

    private static final String LONG_BODY = "b".repeat(20_000);

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger hungUp = new AtomicInteger();

    @Test
    void nothingIsLost() throws Exception {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.cores.count=2",
                        "logging.level.org.springframework.web.server.adapter=off",
                        "logging.level.reactor.netty=off")) {
            Set<Thread> cores = coreThreads();
            assertThat(cores).hasSizeGreaterThanOrEqualTo(2);
            playAll(application);

            application.awaitIdle();
            assertThat(active(application)).isZero();
            assertThat(coreThreads()).isEqualTo(cores);
            assertThat(application.bean(HandlerCores.class).cores())
                    .allMatch(HandlerCore::isRunning)
                    .allMatch(core -> core.remaining() == core.capacity());
            assertThat(failed.get()).isEqualTo(REQUESTS / 10);
            assertThat(hungUp.get()).isEqualTo(REQUESTS / 5);
            assertThat(answered.get()).isEqualTo(REQUESTS * 7 / 10);
            for (String lane : List.of("/direct", "/webflux")) {
                assertThat(application.get(lane + "/text").text()).isEqualTo("text");
            }
        }
    }

    private static double active(RunningApplication application) {
        assertThat(application.bean(InFlight.class).count()).isZero();
        return application
                .bean(MeterRegistry.class)
                .get("fasterapi.requests.active")
                .gauge()
                .value();
    }

    private static Set<Thread> coreThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fasterapi-core-"))
                .collect(Collectors.toSet());
    }

    private void playAll(RunningApplication application) {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Void>> ends = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client;
                ends.add(CompletableFuture.runAsync(() -> playOne(application, first), clients));
            }
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .orTimeout(400, SECONDS)
                    .join();
        } finally {
            clients.shutdownNow();
        }
    }

    private void playOne(RunningApplication application, int first) {
        RawConnection connection = null;
        try {
            for (int number = first; number < REQUESTS; number += CLIENTS) {
                if (connection == null) {
                    connection = application.connect();
                }
                if (!play(connection, number)) {
                    connection.close();
                    connection = null;
                }
            }
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("client: " + first, e);
        }
    }

    /** Plays one request; false if the connection cannot be used any more. */
    private boolean play(RawConnection connection, int number) throws IOException {
        String lane = (number / 10) % 2 == 0 ? "/direct" : "/webflux";
        switch (number % 10) {
            case 0 -> {
                assertStatus(connection.exchange(request("GET", lane + "/throw")), 500);
                failed.incrementAndGet();
                return true;
            }
            case 1 -> {
                hangUp(connection, lane, number);
                return false;
            }
            case 2 -> {
                cutShort(connection, lane, number);
                return false;
            }
            default -> {
                answer(connection, lane, number);
                answered.incrementAndGet();
                return true;
            }
        }
    }

    /** Half-way through the request's head, before the response, or half-way through it. */
    private void hangUp(RawConnection connection, String lane, int number) throws IOException {
        switch ((number / 20) % 4) {
            case 0 -> connection.send("GET " + lane + "/text HTTP/1.1\r\nHo");
            case 1 -> connection.send(request("GET", lane + "/late"));
            case 2 -> {
                connection.send(request("GET", lane + "/stream"));
                connection.line();
            }
            default -> connection.send(request("GET", lane + "/text").repeat(3));
        }
        if ((number / 80) % 2 == 0) {
            connection.reset();
        }
        hungUp.incrementAndGet();
    }

    private void cutShort(RawConnection connection, String lane, int number) throws IOException {
        String framing =
                (number / 20) % 2 == 0 ? "Content-Length: 20000" : "Transfer-Encoding: chunked";
        connection.send(request("POST", lane + "/echo", "Content-Type: text/plain", framing));
        connection.send(framing.endsWith("chunked") ? "3E8\r\nabc" : LONG_BODY.substring(9_000));
        if ((number / 40) % 2 == 0) {
            connection.reset();
        }
        hungUp.incrementAndGet();
    }

    private static void answer(RawConnection connection, String lane, int number)
            throws IOException {
        switch (number % 10) {
            case 3 -> {
                String head =
                        request(
                                "POST",
                                lane + "/echo",
                                "Content-Type: text/plain",
                                "Content-Length: " + LONG_BODY.length());
                assertThat(connection.exchange(head + LONG_BODY).text()).isEqualTo(LONG_BODY);
            }
            case 4 -> assertText(connection.exchange(request("GET", lane + "/late")), "late");
            case 5 -> {
                connection.send(request("GET", lane + "/text").repeat(2));
                assertText(connection.read(), "text");
                assertText(connection.read(), "text");
            }
            case 6 -> assertStatus(connection.exchange(request("GET", lane + "/stream")), 200);
            default -> assertText(connection.exchange(request("GET", lane + "/text")), "text");
        }
    }

    private static void assertText(Answer answer, String text) {
        assertStatus(answer, 200);
        assertThat(answer.text()).isEqualTo(text);
    }

    private static void assertStatus(Answer answer, int status) {
        assertThat(answer.status()).as(answer::text).isEqualTo(status);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        FastRoutes routes() {
            return FastRoutes.builder()
                    .get("/direct/text", (request, response) -> response.text("text"))
                    .get(
                            "/direct/throw",
                            (request, response) -> {
                                throw new IllegalStateException("chaos");
                            })
                    .get(
                            "/direct/late",
                            (request, response) -> {
                                response.async();
                                CompletableFuture.runAsync(() -> response.text("late"));
                            })
                    .get("/direct/stream", (request, response) -> response.bytes(new byte[300_000]))
                    .post(
                            "/direct/echo",
                            (request, response) ->
                                    response.header("Content-Type", "text/plain")
                                            .bytes(request.body()))
                    .build();
        }

        @GetMapping("/webflux/text")
        String text() {
            return "text";
        }

        @GetMapping("/webflux/throw")
        String fail() {
            throw new IllegalStateException("chaos");
        }

        @GetMapping("/webflux/late")
        Mono<String> late() {
            return Mono.fromFuture(CompletableFuture.supplyAsync(() -> "late"));
        }

        @GetMapping("/webflux/stream")
        Flux<String> stream() {
            return Flux.range(0, 40).map(i -> "line " + i + "\n" + "s".repeat(1_000));
        }

        @PostMapping("/webflux/echo")
        String echo(@RequestBody String body) {
            return body;
        }
    }
}
