package io.fasterapi.spring.webflux.route;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.WebFilter;

/** The same writers in both lanes, on cores and on event loops. */
class WritersTest {

    @TempDir private Path folder;

    /** Sends every request through WebFlux. */
    @Configuration(proxyBeanMethods = false)
    static class Filtering {

        @Bean
        WebFilter passing() {
            return (exchange, chain) -> chain.filter(exchange);
        }
    }

    /** Takes away what can send files by the kernel. */
    @Configuration(proxyBeanMethods = false)
    static class Decorating {

        @Bean
        WebFilter decorating() {
            return (exchange, chain) ->
                    chain.filter(
                            exchange.mutate()
                                    .response(
                                            new ServerHttpResponseDecorator(exchange.getResponse()))
                                    .build());
        }
    }

    private RunningApplication start(List<Class<?>> more, String placement) {
        List<Class<?>> sources = new ArrayList<>(List.of(WriterApplication.class));
        sources.addAll(more);
        return RunningApplication.start(
                sources,
                "test.folder=" + folder,
                "fasterapi.placement.default=" + placement,
                "spring.web.resources.static-locations=file:" + folder + "/");
    }

    private interface Check {
        void run(RunningApplication application, String lane) throws IOException;
    }

    private void inEveryLane(Check check) throws IOException {
        Map<String, List<Class<?>>> lanes = new LinkedHashMap<>();
        lanes.put("direct", List.of());
        lanes.put("webflux", List.of(Filtering.class));
        lanes.put("webflux ", List.of(Decorating.class));
        for (String placement : List.of("core", "inline")) {
            for (Map.Entry<String, List<Class<?>>> lane : lanes.entrySet()) {
                try (RunningApplication application = start(lane.getValue(), placement)) {
                    assertThat(application.get("/lane").text()).isEqualTo(lane.getKey().strip());
                    check.run(application, lane.getKey() + " " + placement);
                    application.awaitIdle();
                }
            }
        }
    }

    @Test
    void theClassChoosesAndUsersComeFirst() throws IOException {
        inEveryLane(
                (application, lane) -> {
                    answers(application, "/point", "text/x-point", "3/4");
                    answers(application, "/late", "text/x-point", "5/6");
                    answers(application, "/number", "text/x-number", "number 42");
                    answers(application, "/point.json", "application/json", "{\"x\":3,\"y\":4}");
                    answers(application, "/text", "text/plain;charset=UTF-8", "Grüße");
                    answers(application, "/list", "application/json", "[\"a\",\"b\"]");
                    answers(application, "/constant", "application/json", "[1,2,3]");
                    answers(application, "/constant", "application/json", "[1,2,3]");
                    answers(
                            application,
                            "/large",
                            "application/json",
                            "\"" + "x".repeat(200_000) + "\"");
                    Answer bad = application.get("/bad");
                    assertThat(bad.status()).as(lane).isEqualTo(500);
                    assertThat(bad.header("Content-Type")).isEqualTo("application/json");
                });
    }

    private static void answers(
            RunningApplication application, String target, String type, String body)
            throws IOException {
        try (RawConnection connection = application.connect()) {
            Answer get = connection.exchange(request("GET", target));
            assertThat(get.status()).as(target).isEqualTo(200);
            assertThat(get.text()).isEqualTo(body);
            assertThat(get.header("Content-Type")).isEqualTo(type);
            assertThat(get.header("Content-Length"))
                    .isEqualTo("" + body.getBytes(StandardCharsets.UTF_8).length);
            Answer head = connection.exchange(request("HEAD", target));
            assertThat(head.body()).isEmpty();
            assertThat(head.headers()).isEqualTo(get.headers());
        }
    }

    /** Spring's own static resources say what a file's type is. */
    @Test
    void filesHaveTheTypesAndBytesOfStaticResources() throws IOException {
        byte[] bytes = new byte[150_000];
        new Random(7).nextBytes(bytes);
        List<String> names =
                List.of("a.html", "b.txt", "c.json", "d.png", "e.PDF", "f.js", "g.css", "h.svg");
        for (String name : names) {
            Files.write(folder.resolve(name), bytes);
        }
        Files.write(folder.resolve("unknown"), bytes);
        inEveryLane(
                (application, lane) -> {
                    for (String name : names) {
                        Answer file = application.get("/files/" + name);
                        assertThat(file.body()).as(lane).isEqualTo(bytes);
                        assertThat(file.header("Content-Length")).isEqualTo("150000");
                        assertThat(file.header("Content-Type"))
                                .isEqualTo(application.get("/" + name).header("Content-Type"));
                    }
                    assertThat(application.get("/files/unknown").header("Content-Type"))
                            .isEqualTo("application/octet-stream");
                });
    }

    @Test
    void headEmptyAndMissingFiles() throws IOException {
        Files.write(folder.resolve("empty.txt"), new byte[0]);
        Files.write(folder.resolve("file.txt"), new byte[5000]);
        Files.createDirectory(folder.resolve("folder"));
        inEveryLane(
                (application, lane) -> {
                    try (RawConnection connection = application.connect()) {
                        Answer empty = connection.exchange(request("GET", "/files/empty.txt"));
                        assertThat(empty.header("Content-Length")).as(lane).isEqualTo("0");
                        Answer head = connection.exchange(request("HEAD", "/files/file.txt"));
                        assertThat(head.status()).isEqualTo(200);
                        assertThat(head.header("Content-Length")).as(lane).isEqualTo("5000");
                        assertThat(head.header("Content-Type")).isEqualTo("text/plain");
                        for (String name : List.of("none", "folder")) {
                            Answer none = connection.exchange(request("GET", "/files/" + name));
                            assertThat(none.status()).as(lane).isEqualTo(500);
                            assertThat(none.text()).contains("\"path\":\"/files/" + name + "\"");
                            assertThat(none.header("Content-Type")).isEqualTo("application/json");
                        }
                        Answer after = connection.exchange(request("GET", "/files/file.txt"));
                        assertThat(after.body()).hasSize(5000);
                    }
                });
    }

    /** With compression, bytes change on their way: no sendfile, no length in advance. */
    @ParameterizedTest
    @CsvSource({"core", "inline"})
    void compressedFilesAreReadInChunks(String placement) throws IOException {
        Files.writeString(folder.resolve("file.txt"), "repeated ".repeat(10_000));
        try (RunningApplication application =
                RunningApplication.start(
                        List.of(WriterApplication.class),
                        "test.folder=" + folder,
                        "fasterapi.placement.default=" + placement,
                        "server.compression.enabled=true")) {
            assertThat(application.get("/files/file.txt").text())
                    .isEqualTo("repeated ".repeat(10_000));
            Answer packed =
                    application.exchange(
                            request("GET", "/files/file.txt", "Accept-Encoding: gzip"));
            assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
            byte[] unpacked =
                    new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
            assertThat(new String(unpacked, StandardCharsets.UTF_8))
                    .isEqualTo("repeated ".repeat(10_000));
        }
    }
}
