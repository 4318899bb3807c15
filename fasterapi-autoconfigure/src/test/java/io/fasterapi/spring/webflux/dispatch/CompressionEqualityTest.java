package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;

/** A server that compresses answers as stock, and early where stock compresses nothing. */
@ParameterizedClass
@CsvSource({
    "inline, off, 100B, false",
    "inline, auto, 100B, false",
    "inline, auto, 0B, false",
    "inline, auto, 100B, true",
    "core, auto, 100B, false",
})
class CompressionEqualityTest {

    private static final int TIMES = 3;
    private static final int IN_VAIN = 16;
    private static final String LAST = request("GET", "/text/1", "Connection: close");

    @Parameter(0)
    String placement;

    @Parameter(1)
    String lane;

    @Parameter(2)
    String least;

    @Parameter(3)
    boolean filtered;

    private static RunningApplication stock;
    private static RunningApplication ours;

    @BeforeParameterizedClassInvocation
    static void start(String placement, String lane, String least, boolean filtered)
            throws IOException {
        String[] properties = {
            "fasterapi.enabled=false",
            "fasterapi.placement.default=" + placement,
            "fasterapi.fast-lane.controllers=" + lane,
            "server.compression.enabled=true",
            "server.compression.min-response-size=" + least,
            "server.compression.excluded-user-agents=Old,Older"
        };
        Class<?> application = filtered ? Filtered.class : Application.class;
        stock = RunningApplication.start(application, properties);
        properties[0] = "fasterapi.enabled=true";
        ours = RunningApplication.start(application, properties);
        assertThat(transcript(ours, LAST)).isEqualTo(transcript(stock, LAST)); // its host is known
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        stock.close();
        ours.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "deflate",
                "br",
                "zstd",
                "snappy",
                "GZIP",
                "gzip, deflate, br, zstd",
                "gzip\r\nAccept-Encoding: br",
                "identity\r\nAccept-Encoding: gzip",
                "identity",
                "",
                "*",
                "*;q=0",
                "gzip;q=0",
                "gzip;q=0, deflate;q=0.5",
                "gzip;q=x",
                "unknown",
            })
    void whatTheClientAccepts(String accepted) throws IOException {
        for (String path :
                List.of("/text/1", "/text/99", "/text/100", "/text/3000", "/bytes/3000")) {
            get(path, "Accept-Encoding: " + accepted);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/text/1",
                "/text/101",
                "/text/100000",
                "/json/2",
                "/json/500",
                "/as/image/png",
                "/as/text/csv",
                "/as/text/html",
                "/as/application/problem+json",
                "/fails/10",
                "/fails/1000",
            })
    void sizesAndTypes(String path) throws IOException {
        get(path, "Accept-Encoding: gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Old", "old", "Older", "Oldest", "Mozilla/5.0"})
    void userAgents(String agent) throws IOException {
        get("/text/500", "Accept-Encoding: gzip\r\nUser-Agent: " + agent);
    }

    /** Whoever answers these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /text/0",
                "HEAD /text/500",
                "GET /none",
                "GET /not-modified",
                "GET /encoded"
            })
    void answersWithoutABodyOrEncoded(String line) throws IOException {
        String[] parts = line.split(" ");
        String request = request(parts[0], parts[1], "Accept-Encoding: gzip").repeat(TIMES);
        assertThat(transcript(ours, request + LAST)).isEqualTo(transcript(stock, request + LAST));
    }

    @Test
    void bodiesOfRequests() throws IOException {
        for (int bytes : new int[] {10, 500}) {
            same(post(bytes, "Accept-Encoding: gzip"), post(bytes, "X-Other: x"));
        }
    }

    private static String post(int bytes, String header) {
        String type = "Content-Type: text/plain";
        return request("POST", "/echo", header, type, "Content-Length: " + bytes)
                + "b".repeat(bytes);
    }

    /** A try that is in vain costs: few are made. */
    @Test
    void aRouteWhoseAnswersAreCompressedRests() throws IOException {
        assumeTrue(placement.equals("inline"));
        String compressed = request("GET", "/resting", "Accept-Encoding: gzip");
        String plain = request("GET", "/resting");
        early(plain + LAST); // the first may be late
        assertThat(early(plain + compressed.repeat(IN_VAIN - 1) + plain + LAST)).isEqualTo(2);
        assertThat(early(compressed.repeat(IN_VAIN) + plain + LAST)).isZero();
    }

    private void get(String path, String headers) throws IOException {
        same(request("GET", path, headers), request("GET", path));
    }

    /**
     * What is not compressed is as early as the other request, which begins anew how many tries
     * have been in vain.
     *
     * @param other of the same route, but not to be compressed
     */
    private void same(String request, String other) throws IOException {
        String requests = other + request.repeat(TIMES) + LAST;
        int asked = calls(stock);
        String expected = transcript(stock, requests);
        asked = calls(stock) - asked;
        assertThat(transcript(ours, requests))
                .isEqualTo(expected); // the first of a kind may be late
        long otherEarly = early(other + LAST);
        if (placement.equals("inline") && other.contains("/text/1 ")) {
            assertThat(otherEarly).isEqualTo(1);
        }
        int before = calls(ours);
        long early = early(requests, expected);
        assertThat(calls(ours) - before).isEqualTo(asked);
        if (!placement.equals("inline")) {
            return; // the next request may come too soon
        }
        boolean compressed = expected.toLowerCase(Locale.ROOT).contains("content-encoding: ");
        assertThat(early)
                .as("early of %s, compressed: %s", request, compressed)
                .isEqualTo(otherEarly * (compressed ? 1 : 1 + TIMES));
    }

    private static long early(String requests) throws IOException {
        return early(requests, transcript(stock, requests));
    }

    /** Returns how many of the requests were answered early. */
    private static long early(String requests, String expected) throws IOException {
        long before = ours.bean(FrontDoor.class).servedCount();
        assertThat(transcript(ours, requests)).isEqualTo(expected);
        return ours.bean(FrontDoor.class).servedCount() - before;
    }

    private static int calls(RunningApplication application) {
        return application.bean(AtomicInteger.class).get();
    }

    private static String transcript(RunningApplication application, String requests)
            throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(requests.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        private final AtomicInteger calls = new AtomicInteger();

        @Bean
        AtomicInteger calls() {
            return calls;
        }

        @GetMapping("/text/{length}")
        String text(@PathVariable int length) {
            calls.incrementAndGet();
            return "t".repeat(length);
        }

        @GetMapping("/resting")
        String resting() {
            return "r".repeat(1000);
        }

        @GetMapping("/json/{length}")
        Map<String, String> json(@PathVariable int length) {
            calls.incrementAndGet();
            return Map.of("x", "j".repeat(length));
        }

        @GetMapping("/bytes/{length}")
        ResponseEntity<byte[]> bytes(@PathVariable int length) {
            calls.incrementAndGet();
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .body(new byte[length]);
        }

        @GetMapping("/as/{type}/{subtype}")
        ResponseEntity<byte[]> as(@PathVariable String type, @PathVariable String subtype) {
            calls.incrementAndGet();
            return ResponseEntity.ok()
                    .contentType(new MediaType(type, subtype))
                    .body(new byte[1000]);
        }

        @GetMapping("/encoded")
        ResponseEntity<String> encoded() {
            return ResponseEntity.ok().header("Content-Encoding", "own").body("e".repeat(1000));
        }

        @GetMapping("/none")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        void none() {}

        @GetMapping("/not-modified")
        ResponseEntity<Void> notModified() {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag("x").build();
        }

        @GetMapping("/fails/{length}")
        String fails(@PathVariable int length) {
            calls.incrementAndGet();
            throw new IllegalStateException("f".repeat(length));
        }

        @ExceptionHandler
        ResponseEntity<String> failed(IllegalStateException failure) {
            return ResponseEntity.status(HttpStatus.I_AM_A_TEAPOT).body(failure.getMessage());
        }

        @PostMapping("/echo")
        String echo(@RequestBody String body) {
            calls.incrementAndGet();
            return body;
        }
    }

    /** With a filter each call counts twice. */
    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class Filtered {

        @Bean
        WebFilter counting(AtomicInteger calls) {
            return (exchange, chain) -> {
                calls.incrementAndGet();
                exchange.getResponse().getHeaders().set("X-Filtered", "yes");
                return chain.filter(exchange);
            };
        }
    }
}
