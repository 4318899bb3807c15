package io.fasterapi.spring.webflux.compile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RandomCases;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * Random values of many declared types under random Accept headers: the bytes that stock, the
 * direct lane and the filtered lane send are the same, the order of headers included.
 */
class WrittenValuesRandomTest {

    private static final String QUIET = "logging.level.org.springframework.web.HttpLogging=off";

    /** Methods that answer later take the direct lane only where nothing is observed. */
    private static final String UNOBSERVED =
            "spring.autoconfigure.exclude=org.springframework.boot.micrometer.observation"
                    + ".autoconfigure.ObservationAutoConfiguration";

    private static final int CASES = 3_000;
    private static final List<String> PATHS = List.copyOf(WrittenValues.OF_PATHS.keySet());
    private static final List<String> TYPES =
            List.of(
                    "*/*",
                    "application/json",
                    "application/*",
                    "application/*+json",
                    "application/vnd.own+json",
                    "application/special",
                    "text/plain",
                    "text/*",
                    "text/plain;charset=ISO-8859-1",
                    "application/json;charset=UTF-8",
                    "application/json;charset=UTF-16",
                    "application/octet-stream",
                    "application/x-ndjson",
                    "text/event-stream",
                    "image/png");
    private static final String[] ODD = {
        "",
        " ",
        "nonsense",
        "a/b;q=2",
        "*",
        "*/json",
        "application/json;",
        ",",
        "text/plain;q=x",
        "application/json;q=0",
        "*/*;q=0",
        "APPLICATION/JSON",
        "text/html,application/xml;q=0.9,*/*;q=0.8"
    };

    private static RunningApplication stock;
    private static RunningApplication direct;
    private static RunningApplication filtered;

    private final Wire toStock = new Wire(stock);
    private final Wire toDirect = new Wire(direct);
    private final Wire toFiltered = new Wire(filtered);

    @BeforeAll
    static void start() {
        List<Class<?>> sources = List.of(Application.class);
        stock = RunningApplication.start(sources, "fasterapi.enabled=false", QUIET, UNOBSERVED);
        direct =
                RunningApplication.start(
                        sources, "fasterapi.placement.default=inline", QUIET, UNOBSERVED);
        filtered =
                RunningApplication.start(
                        List.of(Application.class, Watching.class), QUIET, UNOBSERVED);
    }

    @AfterAll
    static void stop() {
        List.of(direct, filtered, stock).forEach(RunningApplication::close);
    }

    @Test
    void answersAreThoseOfStock() {
        LaneCounters ofDirect = direct.bean(ControllerRoutes.class).counters();
        LaneCounters ofFiltered = filtered.bean(ControllerRoutes.class).counters();

        RandomCases.run(CASES, this::compare);

        assertThat(ofDirect.calls(Lane.DIRECT)).as("served directly").isGreaterThan(CASES / 4);
        assertThat(ofFiltered.calls(Lane.FILTERED)).as("dispatched").isGreaterThan(CASES / 2);
        assertThat(Watching.OWN).as("written by ValueWriting").hasValueGreaterThan(CASES / 4);
        assertThat(Watching.SPRINGS).as("written by Spring").hasValueGreaterThan(CASES / 40);
    }

    private void compare(RandomCases random) throws IOException {
        String path = random.oneOf(PATHS);
        Object value = WrittenValues.OF_PATHS.get(path).apply(random);
        WrittenTypes.next = () -> value;
        String request = RawConnection.request("GET", "/w/" + path, accepts(random));
        String expected = toStock.exchange(request);

        assertThat(toDirect.exchange(request))
                .as("%s direct: %s", request, value)
                .isEqualTo(expected);
        assertThat(toFiltered.exchange(request))
                .as("%s filtered: %s", request, value)
                .isEqualTo(expected);
    }

    private static String[] accepts(RandomCases random) {
        if (random.percent(20)) {
            return new String[0];
        }
        if (random.percent(2)) {
            return new String[] {"Accept: " + accept(random), "accept: " + accept(random)};
        }
        return new String[] {random.oneOf("Accept: ", "accept: ") + accept(random)};
    }

    private static String accept(RandomCases random) {
        if (random.percent(60)) {
            return random.oneOf(TYPES);
        }
        if (random.percent(15)) {
            return random.oneOf(ODD);
        }
        List<String> list = new ArrayList<>();
        for (int i = 1 + random.below(3); i > 0; i--) {
            String weight = random.percent(50) ? "" : ";q=0." + random.below(10);
            list.add(random.oneOf(TYPES) + weight);
        }
        return String.join(random.oneOf(",", ", "), list);
    }

    /** A connection to one of the servers. */
    private static final class Wire {

        private final RunningApplication application;
        private @Nullable RawConnection open;

        Wire(RunningApplication application) {
            this.application = application;
        }

        /** Returns the answer but for what differs from call to call. */
        String exchange(String request) throws IOException {
            try {
                return tryExchange(request);
            } catch (EOFException ex) {
                open = null;
                return "connection ended";
            }
        }

        private String tryExchange(String request) throws IOException {
            RawConnection connection = open == null ? application.connect() : open;
            open = connection;
            connection.send(request);
            StringBuilder head = new StringBuilder(connection.line()).append('\n');
            int length = 0;
            boolean chunked = false;
            for (String line = connection.line(); !line.isEmpty(); line = connection.line()) {
                String lower = line.toLowerCase(java.util.Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).trim());
                }
                chunked |= lower.equals("transfer-encoding: chunked");
                if (!lower.startsWith("date:")) {
                    head.append(line).append('\n');
                }
                if (lower.equals("connection: close")) {
                    open = null;
                }
            }
            boolean none = head.toString().matches("(?s)HTTP/1.1 (204|304|205).*");
            if (none) {
                open = null; // a body that may not be sent fails the connection a little later
            }
            String body = none && !chunked ? "" : body(connection, length, chunked);
            String stable =
                    body.replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"T\"")
                            .replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"R\"")
                            .replaceAll("<div id='created'>[^<]*</div><div>\\S+", "<T R>");
            return stable.equals(body)
                    ? head + body
                    : head.toString().replaceAll("(?i)content-length: \\d+", "length") + stable;
        }

        private static String body(RawConnection connection, int length, boolean chunked)
                throws IOException {
            if (!chunked) {
                return new String(connection.bytes(length), ISO_8859_1);
            }
            StringBuilder body = new StringBuilder();
            for (byte[] chunk = connection.chunk(); chunk.length > 0; chunk = connection.chunk()) {
                body.append(new String(chunk, ISO_8859_1));
            }
            return body.toString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(WrittenEndpoints.class)
    static class Application {

        /** Answers errors without a body, with the headers that are there. */
        @Bean
        @Order(-2)
        WebExceptionHandler conflicts() {
            return (exchange, failure) -> {
                if (failure instanceof ResponseStatusException known
                        && known.getStatusCode() == HttpStatus.CONFLICT) {
                    exchange.getResponse().setStatusCode(HttpStatus.CONFLICT);
                    return exchange.getResponse().setComplete();
                }
                return Mono.error(failure);
            };
        }

        @Bean
        WebFluxConfigurer codecs() {
            return new WebFluxConfigurer() {
                @Override
                public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
                    configurer.customCodecs().register(new WrittenTypes.SpecialEncoder());
                }
            };
        }
    }

    /** Knows who writes. */
    @Configuration(proxyBeanMethods = false)
    static class Watching {

        static final AtomicInteger OWN = new AtomicInteger();
        static final AtomicInteger SPRINGS = new AtomicInteger();

        @Bean
        WebFilter watching() {
            return (exchange, chain) ->
                    chain.filter(
                            exchange.mutate()
                                    .response(
                                            new ServerHttpResponseDecorator(
                                                    exchange.getResponse()) {
                                                @Override
                                                public Mono<Void> writeWith(
                                                        Publisher<? extends DataBuffer> body) {
                                                    note();
                                                    return super.writeWith(body);
                                                }
                                            })
                                    .build());
        }

        private static void note() {
            boolean own =
                    StackWalker.getInstance()
                            .walk(
                                    frames ->
                                            frames.skip(2)
                                                    .limit(4)
                                                    .anyMatch(
                                                            frame ->
                                                                    frame.getClassName()
                                                                            .endsWith(
                                                                                    ".ValueWriting")));
            (own ? OWN : SPRINGS).incrementAndGet();
        }
    }
}
