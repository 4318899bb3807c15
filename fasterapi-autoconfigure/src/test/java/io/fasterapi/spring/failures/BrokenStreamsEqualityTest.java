package io.fasterapi.spring.failures;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.netty.Workers;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.Lane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/**
 * Streams that fail at once, after some elements: with stock the client gets all of these and then
 * the end of its connection; so it does by every lane and placement.
 */
class BrokenStreamsEqualityTest {

    private static final List<Integer> LENGTHS = List.of(1, 2, 3, 40, 200, 1000);

    private static final List<String> PATHS = List.of("/events", "/lines", "/bytes", "/thrown");

    private static final int TIMES = 5;

    static Stream<Arguments> ways() {
        List<Arguments> ways = new ArrayList<>(List.of(Arguments.of(null, "stock")));
        for (Lane lane : List.of(Lane.DIRECT, Lane.FILTERED, Lane.WEBFLUX)) {
            for (String placement : List.of("inline", "core", "virtual")) {
                ways.add(Arguments.of(lane, placement));
            }
        }
        return ways.stream();
    }

    private static RunningApplication start(@Nullable Lane lane, String placement) {
        List<Class<?>> sources = new ArrayList<>(List.of(Application.class));
        List<String> properties =
                new ArrayList<>(
                        List.of(
                                "logging.level.root=off",
                                "spring.autoconfigure.exclude=org.springframework.boot.micrometer"
                                        + ".observation.autoconfigure"
                                        + ".ObservationAutoConfiguration"));
        if (lane == null) {
            properties.add("fasterapi.enabled=false");
        } else {
            properties.add("fasterapi.placement.default=" + placement);
        }
        if (lane == Lane.FILTERED) {
            sources.add(Passing.class);
        } else if (lane == Lane.WEBFLUX) {
            properties.add("fasterapi.fast-lane.controllers=off");
        }
        return RunningApplication.start(sources, properties.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatCameBeforeTheFailureIsSent(@Nullable Lane lane, String placement) throws IOException {
        List<String> wrong = new ArrayList<>();
        int requests = 0;
        try (RunningApplication application = start(lane, placement)) {
            for (String path : PATHS) {
                for (int length : LENGTHS) {
                    for (int i = 0; i < TIMES; i++) {
                        requests++;
                        String got = receive(application, path + "?n=" + length);
                        if (!got.equals(expected(path, length))) {
                            wrong.add(path + " " + length + ": " + got.length() + " " + tail(got));
                        }
                    }
                }
            }
            assertThat(wrong).isEmpty();
            if (lane != null) {
                application.awaitIdle();
                Workers workers = application.bean(ServerParts.class).workers();
                assertThat(application.published() >= requests).isEqualTo(placement.equals("core"));
                assertThat(workers.threads().started() >= requests)
                        .isEqualTo(placement.equals("virtual"));
                assertThat(application.bean(ControllerRoutes.class).counters().calls(lane))
                        .isGreaterThan(requests / 2);
            }
        }
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 20));
    }

    private static String expected(String path, int length) {
        return IntStream.range(0, length)
                .mapToObj(
                        i ->
                                switch (path) {
                                    case "/lines" -> "{\"number\":" + i + "}\n";
                                    case "/bytes" -> i + ";";
                                    default -> "data:" + i + "\n\n";
                                })
                .collect(Collectors.joining());
    }

    private static String receive(RunningApplication application, String target)
            throws IOException {
        StringBuilder body = new StringBuilder();
        try (RawConnection connection = application.connect()) {
            connection.send(request("GET", target));
            assertThat(connection.line()).isEqualTo("HTTP/1.1 200 OK");
            String line = connection.line();
            while (!line.isEmpty()) {
                line = connection.line();
            }
            while (true) {
                byte[] chunk = connection.chunk();
                if (chunk.length == 0) {
                    return body + "a whole answer";
                }
                body.append(new String(chunk, StandardCharsets.UTF_8));
            }
        } catch (IOException ended) {
            return body.toString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        record Line(int number) {}

        private static <T> Flux<T> broken(Flux<T> elements) {
            return elements.concatWith(Flux.error(new IllegalStateException("broken")));
        }

        @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<String> events(@RequestParam int n) {
            return broken(Flux.range(0, n).map(String::valueOf));
        }

        @GetMapping(path = "/lines", produces = MediaType.APPLICATION_NDJSON_VALUE)
        Flux<Line> lines(@RequestParam int n) {
            return broken(Flux.range(0, n).map(Line::new));
        }

        @GetMapping(path = "/bytes", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
        Flux<DataBuffer> bytes(@RequestParam int n) {
            return broken(
                    Flux.range(0, n)
                            .map(
                                    i ->
                                            DefaultDataBufferFactory.sharedInstance.wrap(
                                                    (i + ";").getBytes(StandardCharsets.UTF_8))));
        }

        @GetMapping(path = "/thrown", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<Integer> thrown(@RequestParam int n) {
            return Flux.range(0, n + 1)
                    .map(
                            i -> {
                                if (i == n) {
                                    throw new IllegalStateException("broken");
                                }
                                return i;
                            });
        }
    }
}
