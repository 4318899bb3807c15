package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.equality.Comparison;
import io.fasterapi.spring.testing.RandomCases;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.compile.FluxEndpoints.FatalError;
import io.fasterapi.spring.webflux.compile.FluxEndpoints.HandledException;
import io.fasterapi.spring.webflux.compile.FluxEndpoints.Item;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Methods that return a Flux: what is there at once, what comes later, what fails, who hangs up.
 */
class FluxResultsEqualityTest extends ComparedSettings {

    private static final int CASES = 300;

    private static final String[] PATHS = {
        "/items", "/entity", "/status", "/brief", "/texts", "/events", "/typed"
    };

    private static final String[] ACCEPTS = {
        "*/*", "application/json", "application/x-ndjson", "text/event-stream", "text/plain"
    };

    @Override
    List<Class<?>> sources() {
        return List.of(FluxEndpoints.class);
    }

    /** Without a registry, what answers later is on the direct lane, too. */
    @Override
    List<String> properties() {
        return List.of(
                "spring.autoconfigure.exclude=org.springframework.boot.micrometer.observation"
                        + ".autoconfigure.ObservationAutoConfiguration",
                "logging.level.reactor.netty.http.server=off",
                "logging.level.org.springframework.web.server.adapter=off",
                "logging.level.reactor.core.publisher.Operators=off");
    }

    @ParameterizedTest
    @EnumSource
    void answersAreThoseOfStock(Setting setting) {
        long direct = counters(setting).calls(Lane.DIRECT);
        RandomCases.run(CASES, random -> compare(setting, random));
        if (!setting.isFiltered() && !Comparison.isStockOnly()) {
            assertThat(counters(setting).calls(Lane.DIRECT) - direct)
                    .as("served directly")
                    .isGreaterThan(CASES / 2);
        }
        in(setting).awaitIdle();
    }

    private void compare(Setting setting, RandomCases random) throws IOException {
        String path = random.oneOf(PATHS);
        int count = random.oneOf(0, 1, 2, 10, 63, 64, 65, 130, 300);
        int hop = random.percent(50) ? -1 : random.below(count + 1);
        String accept = random.oneOf(ACCEPTS);
        // what is under way when a stream fails elsewhere is sent or not by chance, in stock too
        boolean flushed = path.equals("/events") || accept.matches(".*nd.*|.*event.*");
        boolean elsewhere = hop >= 0 || setting.property().endsWith("core");
        boolean chance = hop == 0 || (elsewhere && flushed);
        int fails = chance || random.percent(60) ? -1 : random.below(count + 1);
        Supplier<? extends Throwable> failure =
                random.oneOf(
                        List.<Supplier<Throwable>>of(
                                HandledException::new,
                                () -> new IllegalStateException("unhandled"),
                                () -> new AssertionError("error")));
        boolean unwritable = random.percent(20);
        int length = random.oneOf(1, 10, 2000);
        FluxEndpoints.items =
                () ->
                        flux(count, hop, fails, unwritable ? null : failure)
                                .map(i -> new Item(i, "x".repeat(length)));
        FluxEndpoints.texts =
                () ->
                        flux(count, hop, fails, failure)
                                .map(i -> i % 7 == 0 ? "" : i + "x".repeat(length));
        String request =
                random.percent(20)
                        ? request("GET", path)
                        : request("GET", path, "Accept: " + accept);

        String what =
                "%s: %s elements of %s, hop at %s, %s at %s"
                        .formatted(
                                request,
                                count,
                                length,
                                hop,
                                unwritable ? "unwritable" : failure.get(),
                                fails);
        String[] answers = new String[2];
        assertThatCode(
                        () -> {
                            answers[0] = wire(stock(), request);
                            answers[1] = wire(in(setting), request);
                        })
                .as(what)
                .doesNotThrowAnyException();
        assertThat(answers[1]).as(what).isEqualTo(answers[0]);
    }

    /** Returns numbers, of which one may be negative instead of a failure. */
    private static Flux<Integer> flux(
            int count, int hop, int fails, Supplier<? extends Throwable> failure) {
        Flux<Integer> all;
        if (fails < 0) {
            all = Flux.range(0, count);
        } else if (failure == null) {
            all = Flux.range(0, count).map(i -> i == fails ? -1 : i);
        } else {
            all = Flux.range(0, fails).concatWith(Flux.error(failure::get));
        }
        if (hop < 0) {
            return all;
        }
        Flux<Integer> later = all.skip(hop).publishOn(Schedulers.parallel(), 1);
        return Flux.concat(all.onErrorComplete().take(hop), later);
    }

    private LaneCounters counters(Setting setting) {
        return in(setting).bean(ControllerRoutes.class).counters();
    }

    /** Returns a whole answer, its body unframed, and whether it was cut off. */
    private static String wire(RunningApplication application, String request) throws IOException {
        StringBuilder text = new StringBuilder();
        try (RawConnection connection = application.connect()) {
            connection.send(request);
            int length = 0;
            boolean chunked = false;
            for (String line = connection.line(); !line.isEmpty(); line = connection.line()) {
                chunked |= line.equalsIgnoreCase("transfer-encoding: chunked");
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).trim());
                }
                text.append(line).append('\n');
            }
            if (!chunked) {
                text.append(new String(connection.bytes(length), ISO_8859_1));
            }
            byte[] chunk = chunked ? connection.chunk() : new byte[0];
            for (; chunk.length > 0; chunk = connection.chunk()) {
                text.append(new String(chunk, ISO_8859_1));
            }
        } catch (EOFException ex) {
            text.append(" cut off");
        }
        String stable =
                text.toString()
                        .replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"T\"")
                        .replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"R\"");
        return stable.contentEquals(text)
                ? stable
                : stable.replaceAll("(?i)content-length: \\d+", "length");
    }

    /** Stock is silent where Reactor lets an error pass. */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "DIRECT_.*")
    void anErrorOfTheJvmIsNeverTheEndOfAnAnswer(Setting setting) throws IOException {
        FluxEndpoints.items = () -> FluxEndpoints.numbers(1);
        wire(in(setting), request("GET", "/items")); // for the Accept header
        for (int at : new int[] {0, 3, 100}) {
            FluxEndpoints.items =
                    () ->
                            FluxEndpoints.numbers(200)
                                    .doOnNext(
                                            item -> {
                                                if (item.number() == at) {
                                                    throw new FatalError();
                                                }
                                            });
            for (int i = 0; i < 2; i++) {
                assertThat(wire(in(setting), request("GET", "/items")))
                        .as("at %s", at)
                        .matches("(?s)HTTP/1.1 500 .*|.* cut off");
            }
        }
        in(setting).awaitIdle();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoFluxAndOtherRequests(Setting setting) throws IOException {
        FluxEndpoints.items = () -> FluxEndpoints.numbers(3);
        for (String request :
                List.of(
                        request("GET", "/none"),
                        request("GET", "/nothing"),
                        request("HEAD", "/ten"),
                        request("GET", "/ten").replace("HTTP/1.1", "HTTP/1.0"),
                        request("GET", "/ten", "Connection: close"),
                        RawConnection.json("/echo", "{\"number\":1,\"text\":\"a\"}"),
                        RawConnection.json("/echo", "{\"number\":-1,\"text\":\"a\"}"))) {
            String expected = raw(stock(), request);
            for (int i = 0; i < 3; i++) {
                assertThat(raw(in(setting), request)).as(request).isEqualTo(expected);
            }
        }
    }

    /** Returns the answer's head, and its body if it has one. */
    private static String raw(RunningApplication application, String request) throws IOException {
        if (!request.startsWith("HEAD")) {
            return wire(application, request);
        }
        try (RawConnection connection = application.connect()) {
            connection.send(request.replace("Host: test", "Host: test\r\nConnection: close"));
            StringBuilder text = new StringBuilder();
            try {
                while (true) {
                    text.append(new String(connection.bytes(1), ISO_8859_1));
                }
            } catch (EOFException ex) {
                return text.toString();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "DIRECT_.*")
    void tenElementsAreOneChunkOnTheDirectLane(Setting setting) throws IOException {
        wire(in(setting), request("GET", "/ten")); // for the Accept header
        wire(in(setting), request("GET", "/ten"));
        long before = counters(setting).calls(Lane.DIRECT);
        long early = in(setting).bean(FrontDoor.class).servedCount();
        try (RawConnection connection = in(setting).connect()) {
            for (int i = 0; i < 3; i++) {
                connection.send(request("GET", "/ten"));
                for (String line = connection.line(); !line.isEmpty(); line = connection.line()) {}
                String whole = new String(connection.chunk(), ISO_8859_1);
                assertThat(whole).startsWith("[{").endsWith("}]");
                assertThat(connection.chunk()).isEmpty();
            }
        }
        assertThat(counters(setting).calls(Lane.DIRECT)).isEqualTo(before + 3);
        if (setting == Setting.DIRECT_INLINE) { // what is streamed goes on to Reactor Netty
            assertThat(in(setting).bean(FrontDoor.class).servedCount()).isEqualTo(early + 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsThereIsSentWhenTheSourcePauses(Setting setting) throws IOException {
        FluxEndpoints endpoints = in(setting).bean(FluxEndpoints.class);
        for (String accept :
                List.of("application/json", "application/x-ndjson", "text/event-stream")) {
            String request = request("GET", "/waiting", "Accept: " + accept);
            for (int i = 0; i < 2; i++) { // the first learns
                int before = endpoints.cancelled.get();
                long direct = counters(setting).calls(Lane.DIRECT);
                try (RawConnection connection = in(setting).connect()) {
                    connection.send(request);
                    String line = connection.line();
                    for (; !line.isEmpty(); line = connection.line()) {}
                    StringBuilder seen = new StringBuilder();
                    while (!seen.toString().contains("text 2")) {
                        seen.append(new String(connection.chunk(), ISO_8859_1));
                    }
                }
                await().atMost(20, SECONDS).until(() -> endpoints.cancelled.get() == before + 1);
                assertThat(counters(setting).calls(Lane.DIRECT) - direct)
                        .isEqualTo(setting.isFiltered() ? 0 : i);
            }
        }
        in(setting).awaitIdle();
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatDoesNotReadHoldsBackTheSource(Setting setting) throws IOException {
        FluxEndpoints endpoints = in(setting).bean(FluxEndpoints.class);
        for (String path : List.of("/endless", "/endless-events")) {
            for (int i = 0; i < 2; i++) { // the first learns
                int cancelled = endpoints.cancelled.get();
                long direct = counters(setting).calls(Lane.DIRECT);
                endpoints.taken.set(0);
                try (RawConnection connection = in(setting).connect()) {
                    connection.send(request("GET", path));
                    connection.line();
                    awaitRest(endpoints);
                    assertThat(in(setting).get("/ten").status()).isEqualTo(200);
                }
                await().atMost(20, SECONDS).until(() -> endpoints.cancelled.get() == cancelled + 1);
                assertThat(counters(setting).calls(Lane.DIRECT) - direct)
                        .isGreaterThanOrEqualTo(setting.isFiltered() ? 0 : i);
            }
        }
        in(setting).awaitIdle();
    }

    /** Waits until the source is not asked any more: the kernel's buffers are full. */
    private static void awaitRest(FluxEndpoints endpoints) {
        long[] seen = {-1};
        await().atMost(20, SECONDS)
                .pollInterval(java.time.Duration.ofMillis(300))
                .until(
                        () -> {
                            long before = seen[0];
                            seen[0] = endpoints.taken.get();
                            return seen[0] == before && seen[0] > 0;
                        });
    }

    @ParameterizedTest
    @EnumSource
    void clientsThatHangUpEndTheirSources(Setting setting) throws IOException {
        FluxEndpoints endpoints = in(setting).bean(FluxEndpoints.class);
        wire(in(setting), request("GET", "/ten"));
        int before = endpoints.cancelled.get();
        for (int i = 0; i < 50; i++) {
            RawConnection connection = in(setting).connect();
            connection.send(request("GET", i % 2 == 0 ? "/ticking" : "/waiting"));
            if (i % 3 != 0) {
                connection.line();
            }
            connection.reset();
        }
        await().atMost(20, SECONDS)
                .until(() -> in(setting).bean(ConcurrencyLimiter.class).count() == 0);
        assertThat(endpoints.cancelled.get()).isGreaterThan(before);
        in(setting).awaitIdle();
    }
}
