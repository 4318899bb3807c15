package io.fasterapi.spring.failures;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
 * A hundred thousand requests by clients and to handlers that misbehave. Nothing may be lost by it:
 * no slot, no thread, no buffer (the leak detector fails the build), no count, no memory.
 */
class ChaosTest {

    private static final int CLIENTS = 32;

    /** In each of three settings; in the last most end before Reactor Netty sees them. */
    private static final int REQUESTS = 50_000;

    /** After so many everything is there that stays. */
    private static final int WARM = 10_000;

    private static final long HEAP_BYTES = 8 << 20;

    private static final String LONG_BODY = "b".repeat(20_000);

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger hungUp = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({"false, core", "true, auto", "true, inline"})
    void nothingIsLost(boolean filtered, String placement) throws Exception {
        List<Class<?>> sources = new ArrayList<>();
        sources.add(Application.class);
        sources.add(FaultyApplication.class);
        if (filtered) {
            sources.add(Passing.class);
        }
        try (RunningApplication application =
                RunningApplication.start(
                        sources,
                        "fasterapi.cores.count=2",
                        "fasterapi.placement.default=" + placement,
                        "logging.level.root=off")) {
            playAll(application, 0, WARM);
            application.awaitIdle();
            Set<Thread> threads = ownThreads();
            long heap = usedHeap();

            playAll(application, WARM, REQUESTS);

            application.awaitIdle();
            assertThat(active(application)).isZero();
            assertThat(ownThreads()).isEqualTo(threads);
            assertThat(application.bean(HandlerCores.class).cores())
                    .allMatch(HandlerCore::isRunning)
                    .allMatch(core -> core.remaining() == core.capacity());
            assertThat(failed.get()).isEqualTo(REQUESTS / 10);
            assertThat(hungUp.get()).isEqualTo(REQUESTS / 5);
            assertThat(answered.get()).isEqualTo(REQUESTS * 7 / 10);
            ConcurrencyLimiter limiter = application.bean(ConcurrencyLimiter.class);
            assertThat(limiter.ended(Ending.FAILED)).isPositive();
            assertThat(limiter.ended(Ending.GONE)).isPositive();
            assertThat(limiter.ended(Ending.REFUSED)).isZero();
            assertServed(application, filtered ? Lane.FILTERED : Lane.DIRECT);
            for (String lane : List.of("/direct", "/webflux")) {
                assertThat(application.get(lane + "/text").text()).isEqualTo("text");
            }
            if (placement.equals("inline")) {
                assertThat(application.bean(FrontDoor.class).servedCount())
                        .isGreaterThan(REQUESTS / 2);
            }
            assertThat(usedHeap() - heap).isLessThan(HEAP_BYTES);
        }
    }

    /** Most of what controllers answered was answered by that lane. */
    private static void assertServed(RunningApplication application, Lane lane) {
        LaneCounters counters = application.bean(ControllerRoutes.class).counters();
        assertThat(counters.calls(lane)).isGreaterThan(REQUESTS / 4);
        assertThat(counters.calls(Lane.WEBFLUX)).isZero();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double active(RunningApplication application) {
        assertThat(application.bean(ConcurrencyLimiter.class).count()).isZero();
        return application
                .bean(MeterRegistry.class)
                .get("fasterapi.requests.active")
                .gauge()
                .value();
    }

    /** The threads of cores and event loops. */
    private static Set<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("fasterapi-(core|io)-.*"))
                .collect(Collectors.toSet());
    }

    private void playAll(RunningApplication application, int from, int to) {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Void>> ends = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = from + client;
                ends.add(
                        CompletableFuture.runAsync(() -> playOne(application, first, to), clients));
            }
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .orTimeout(400, SECONDS)
                    .join();
        } finally {
            clients.shutdownNow();
        }
    }

    private void playOne(RunningApplication application, int first, int end) {
        RawConnection connection = null;
        try {
            for (int number = first; number < end; number += CLIENTS) {
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
                failed.incrementAndGet();
                return fail(connection, number / 10);
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

    /** One fault at one place after the other; a client that was cut off comes again. */
    private static boolean fail(RawConnection connection, int number) throws IOException {
        Place[] places = Place.values();
        Fault[] faults = Fault.values();
        Place place = places[number % places.length];
        Fault fault = faults[1 + number / places.length % (faults.length - 1)];
        boolean post = number / places.length / faults.length % 2 == 1;
        String body = "{\"fault\":\"" + fault + "\"}";
        String target = place.path() + "?fault=" + fault;
        String request;
        if (post) {
            request = RawConnection.json(place.path(), body);
        } else if (place == Place.BODY) {
            String length = "Content-Length: " + body.length();
            request = request("GET", target, "Content-Type: application/json", length) + body;
        } else {
            request = request("GET", target);
        }
        try {
            Answer answer = connection.exchange(request);
            assertThat(answer.status()).as("%s %s", place, fault).isBetween(500, 599);
            return !answer.header("Connection").equals("close");
        } catch (EOFException | SocketException cut) {
            return false;
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
            case 6 -> {
                String path = number / 10 % 8 < 2 ? "/stream" : "/text"; // in each of the lanes
                assertStatus(connection.exchange(request("GET", lane + path)), 200);
            }
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
