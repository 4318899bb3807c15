package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.http.Deadline;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A request whose answer is not begun in time gets 503, and what handles it is told. */
@Timeout(120)
class DeadlineTest {

    private static final String BUDGET = "X-Budget";

    @ParameterizedTest
    @CsvSource({
        "auto, core, false, true",
        "auto, inline, false, true",
        "auto, virtual, false, true",
        "auto, auto, false, true",
        "auto, core, true, true",
        "auto, inline, true, true",
        "auto, core, false, false",
        "off,  core, false, true",
        "off,  inline, false, true",
        "off,  virtual, false, true",
        "off,  auto, false, true",
        "off,  virtual, false, false",
    })
    void inEveryLaneAndPlacement(
            String controllers, String placement, boolean filtered, boolean early)
            throws Exception {
        try (RunningApplication application =
                start(
                        filtered ? Filtered.class : Application.class,
                        "fasterapi.placement.default=" + placement,
                        "fasterapi.fast-lane.controllers=" + controllers,
                        early ? "fasterapi.enabled=true" : "server.netty.idle-timeout=1h")) {
            Endpoints endpoints = application.bean(Endpoints.class);
            application.get("/remaining"); // the direct lane has learnt the type
            assertThat(budgeted(application, "/never", "50").status()).isEqualTo(503);

            RawConnection patient = begin(application);
            expires(application, "/never");
            expires(application, "/fast/never");
            long left = Long.parseLong(budgeted(application, "/remaining", "600000").text());
            assertThat(left).isBetween(1L, 600_000L);
            left = Long.parseLong(budgeted(application, "/fast/remaining", "600000").text());
            assertThat(left).isBetween(1L, 600_000L);
            assertThat(application.get("/remaining").text()).isEqualTo("-1");
            assertThat(budgeted(application, "/remaining", "-5").text()).isEqualTo("-1");
            assertThat(budgeted(application, "/ticks", "2000").text())
                    .contains("data:0")
                    .contains("data:4");
            expires(patient);
            await().atMost(20, SECONDS).until(endpoints::isEachCancelled);
            assertThat(refusals(application, "GET /never")).isGreaterThanOrEqualTo(1);
            assertThat(endpoints.started.get()).isZero();
            assertThat(application.get("/started").text()).isEqualTo("started");
            for (String path : new String[] {"/started", "/fast/started"}) {
                assertThat(budgeted(application, path, "0").status()).isEqualTo(503);
            }
            application.awaitIdle();
            assertThat(endpoints.started.get()).isEqualTo(1);
            assertThat(application.get("/fast/started").text()).isEqualTo("started");
            assertThat(endpoints.started.get()).isEqualTo(2);
            application.awaitIdle();
            assertThat(application.bean(FrontDoor.class).refusedCount() > 0).isEqualTo(early);
        }
    }

    /** Sends a request whose deadline is so late that it is begun before. */
    private static RawConnection begin(RunningApplication application) throws IOException {
        application.awaitIdle();
        Endpoints endpoints = application.bean(Endpoints.class);
        int before = endpoints.subscribed.availablePermits();
        RawConnection connection = application.connect();
        connection.send(request("GET", "/never", BUDGET + ": 3000"));
        await().atMost(20, SECONDS)
                .until(() -> endpoints.subscribed.availablePermits() == before + 1);
        return connection;
    }

    private static void expires(RunningApplication application, String path) throws IOException {
        try (RawConnection connection = application.connect()) {
            connection.send(request("GET", path, BUDGET + ": 50"));
            expires(connection);
        }
    }

    private static void expires(RawConnection connection) throws IOException {
        try (connection) {
            Answer answer = connection.read();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.text())
                    .contains("\"status\":503")
                    .contains("\"detail\":\"The request's deadline has passed.\"");
            assertThat(ended(connection)).isTrue();
        }
    }

    private static boolean ended(RawConnection connection) throws IOException {
        try {
            connection.read();
            return false;
        } catch (EOFException end) {
            return true;
        }
    }

    private static Answer budgeted(RunningApplication application, String path, String millis)
            throws IOException {
        return application.exchange(request("GET", path, BUDGET + ": " + millis));
    }

    private static double refusals(RunningApplication application, String route) {
        return application
                .bean(MeterRegistry.class)
                .get("fasterapi.refused")
                .tag("route", route)
                .tag("cause", "deadline")
                .functionCounter()
                .count();
    }

    @ParameterizedTest
    @CsvSource({"auto, core", "auto, virtual", "off, core", "off, virtual"})
    void aBlockedHandlerHoldsUpNoAnswer(String controllers, String placement) throws Exception {
        try (RunningApplication application =
                start(
                        Application.class,
                        "fasterapi.request-timeout=2s",
                        "fasterapi.placement.default=" + placement,
                        "fasterapi.fast-lane.controllers=" + controllers)) {
            Endpoints endpoints = application.bean(Endpoints.class);
            application.get("/started"); // the host is known from now on
            try (RawConnection first = application.connect()) {
                first.send(request("GET", "/blocked") + request("GET", "/started"));
                await().atMost(20, SECONDS).until(() -> endpoints.blocked.get() == 1);
                assertThat(first.read().status()).isEqualTo(503);
                assertThat(ended(first)).isTrue();
            } finally {
                endpoints.unblock.countDown();
            }
            application.awaitIdle();
            assertThat(application.bean(FrontDoor.class).refusedCount()).isOne();
            assertThat(endpoints.started.get()).isEqualTo(1);
            assertThat(application.get("/blocked").text()).isEqualTo("unblocked");
        }
    }

    @ParameterizedTest
    @CsvSource({"auto", "off"})
    void whatIsOverdueNeverStarts(String controllers) throws Exception {
        try (RunningApplication application =
                start(
                        Application.class,
                        "fasterapi.cores.count=1",
                        "fasterapi.fast-lane.controllers=" + controllers)) {
            Endpoints endpoints = application.bean(Endpoints.class);
            try (RawConnection first = application.connect()) {
                first.send(request("GET", "/blocked"));
                await().atMost(20, SECONDS).until(() -> endpoints.blocked.get() == 1);
                expires(application, "/started");
                endpoints.unblock.countDown();
                assertThat(first.read().text()).isEqualTo("unblocked");
            }
            application.awaitIdle();
            assertThat(endpoints.started.get()).isZero();
            assertThat(application.get("/started").text()).isEqualTo("started");
            assertThat(endpoints.started.get()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"auto, core", "auto, inline", "off, core", "off, inline", "off, virtual"})
    void aClientThatHangsUpCancels(String controllers, String placement) throws Exception {
        try (RunningApplication application =
                start(
                        Application.class,
                        "fasterapi.placement.default=" + placement,
                        "fasterapi.fast-lane.controllers=" + controllers)) {
            Endpoints endpoints = application.bean(Endpoints.class);
            for (int i = 1; i <= 3; i++) { // the first one takes WebFlux in either lane
                RawConnection connection = application.connect();
                connection.send(request("GET", "/never"));
                await().atMost(20, SECONDS).until(() -> endpoints.subscribed.tryAcquire());
                connection.close();
                assertThat(endpoints.cancelled.tryAcquire(20, SECONDS)).isTrue();
            }
            application.awaitIdle();
        }
    }

    @Test
    void essentialRequestsHaveNoDeadline() throws Exception {
        try (RunningApplication application =
                start(
                        Application.class,
                        "fasterapi.request-timeout=50ms",
                        "fasterapi.admission.essential=/later")) {
            assertThat(application.get("/later").text()).isEqualTo("later");
            assertThat(budgeted(application, "/later", "0").text()).isEqualTo("later");
            assertThat(application.exchange(request("GET", "/soon")).status()).isEqualTo(503);
        }
    }

    private static RunningApplication start(Class<?> source, String... properties) {
        String[] all = java.util.Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "fasterapi.deadline-header=" + BUDGET;
        return RunningApplication.start(source, all);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Endpoints endpoints() {
            return new Endpoints();
        }

        @Bean
        FastRoutes fastRoutes(Endpoints endpoints) {
            return FastRoutes.builder()
                    .get("/fast/started", (req, res) -> res.text(endpoints.started()))
                    .get("/fast/never", (req, res) -> res.async())
                    .get("/fast/remaining", (req, res) -> res.text(millis(req.deadline())))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Filtered extends Application {

        @Bean
        WebFilter filter() {
            return (exchange, chain) -> chain.filter(exchange);
        }
    }

    private static String millis(@org.jspecify.annotations.Nullable Deadline deadline) {
        return deadline == null ? "-1" : String.valueOf(deadline.remaining().toMillis());
    }

    @RestController
    static class Endpoints {

        private final CountDownLatch unblock = new CountDownLatch(1);
        private final AtomicInteger blocked = new AtomicInteger();
        private final AtomicInteger started = new AtomicInteger();
        private final Semaphore subscribed = new Semaphore(0);
        private final Semaphore cancelled = new Semaphore(0);

        boolean isEachCancelled() {
            return cancelled.availablePermits() == subscribed.availablePermits();
        }

        @GetMapping("/never")
        Mono<String> never(@RequestHeader(name = BUDGET, required = false) String budget) {
            return Mono.<String>never()
                    .doOnSubscribe(subscription -> subscribed.release())
                    .doOnCancel(cancelled::release);
        }

        @GetMapping("/remaining")
        Mono<String> remaining() {
            return Mono.deferContextual(view -> Mono.just(millis(Deadline.of(view))));
        }

        @GetMapping("/later")
        Mono<String> later() {
            return Mono.just("later").delayElement(Duration.ofMillis(200));
        }

        @GetMapping("/soon")
        Mono<String> soon() {
            return Mono.just("soon").delayElement(Duration.ofSeconds(60));
        }

        @GetMapping("/started")
        String started() {
            started.incrementAndGet();
            return "started";
        }

        @GetMapping("/blocked")
        String blocked() throws InterruptedException {
            blocked.incrementAndGet();
            unblock.await();
            return "unblocked";
        }

        @GetMapping(path = "/ticks", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<Long> ticks() {
            return Flux.interval(Duration.ZERO, Duration.ofMillis(600)).take(5);
        }
    }
}
