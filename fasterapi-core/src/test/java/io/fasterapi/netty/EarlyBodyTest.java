package io.fasterapi.netty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with bodies to a fast route, served early and not: the same bytes come back. */
@ParameterizedClass
@EnumSource(value = Placement.class, names = "AUTO", mode = EXCLUDE)
class EarlyBodyTest {

    @Parameter Placement placement;

    private static final String PLAIN = RawClient.get("/plain");

    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 64, WaitMode.PARK, false, "body-core-"));
    private Doors early;
    private Doors usual;

    @BeforeEach
    void start() throws IOException {
        cores.start();
        early = new Doors(true, routes(), cores, placement);
        usual = new Doors(false, routes(), cores, placement);
        assertThat(early.transcript("")).isEqualTo(usual.transcript("")); // makes its host known
        awaitRecorded();
    }

    @AfterEach
    void stop() {
        for (Doors doors : List.of(early, usual)) {
            await().until(() -> doors.limiter.count() == 0);
            doors.server.disposeNow(Duration.ofSeconds(20));
        }
        cores.stop(Duration.ofSeconds(20));
    }

    private static FastRoutes routes() {
        return FastRoutes.builder()
                .get("/plain", (req, res) -> res.text("plain"))
                .post("/echo", (req, res) -> res.text(text(req)))
                .post("/json", (req, res) -> res.text(req.json(String.class)))
                .post("/none", (req, res) -> res.status(204).end())
                .post("/later", (req, res) -> later(req, res.async()))
                .post("/core", Placement.CORE, (req, res) -> res.text(text(req)))
                .post(
                        "/throws",
                        (req, res) -> {
                            throw new IllegalStateException("meant");
                        })
                .build();
    }

    private static String text(FastRequest request) {
        return "got " + new String(request.body(), StandardCharsets.ISO_8859_1);
    }

    /** Of the body that the request has then. */
    private static void later(FastRequest request, FastResponse response) {
        CompletableFuture.runAsync(
                () -> response.text(text(request)),
                CompletableFuture.delayedExecutor(20, MILLISECONDS));
    }

    private static String post(String uri, String body) {
        return "POST "
                + uri
                + " HTTP/1.1\r\nhost: test\r\ncontent-length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    /** What is recorded is so before its exchange is counted out. */
    private void awaitRecorded() {
        for (Doors doors : List.of(early, usual)) {
            await().until(() -> doors.limiter.count() == 0);
        }
    }

    private void same(String requests) throws IOException {
        assertThat(early.transcript(requests)).isEqualTo(usual.transcript(requests));
        awaitRecorded();
        assertThat(early.recorded).isEqualTo(usual.recorded);
        assertThat(usual.door.servedCount()).isZero();
    }

    /** The limit is 1,000 bytes. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "200, 1", "1000, 1", "1001, 0", "20000, 0"})
    void aBodyUpToTheLimitIsServedEarly(int length, int served) throws IOException {
        same(post("/echo", "b".repeat(length)));
        assertThat(early.door.servedCount()).isEqualTo(served);
    }

    /** What is not answered at once goes on, and is not handled twice. */
    @ParameterizedTest
    @ValueSource(strings = {"/none", "/later", "/core", "/throws", "/unknown"})
    void noOtherAnswerIs(String uri) throws IOException {
        same(post(uri, "a body"));
        same(post(uri, "a body") + PLAIN + post(uri, "another") + PLAIN);
    }

    @Test
    void pipelinesOfBodiesAreAnsweredInOrder() throws IOException {
        String some = post("/echo", "one") + PLAIN + post("/echo", "x".repeat(90));
        same(some.repeat(5)); // in one read
        assertThat(early.door.servedCount()).isEqualTo(15);
        same(some.repeat(500)); // in many, of which some end within a body
        assertThat(early.door.servedCount()).isGreaterThan(500);
    }

    @Test
    void pipelinesOfAllKindsAreAnsweredInOrder() throws IOException {
        same(
                post("/echo", "one")
                        + post("/later", "two")
                        + post("/echo", "three")
                        + post("/core", "four")
                        + post("/echo", "x".repeat(1001))
                        + post("/echo", "five"));
        assertThat(early.door.servedCount()).isEqualTo(1);
    }

    /** Its body comes in two reads, of which the first one ends when the request goes on. */
    @Test
    void aBodyThatComesInPartsGoesOn() throws IOException {
        for (Doors doors : List.of(early, usual)) {
            try (RawClient client = new RawClient(doors.server.port())) {
                client.send(PLAIN + post("/echo", "in parts").replace("parts", ""));
                assertThat(client.receive()).endsWith("plain");
                client.send("parts");
                assertThat(client.receive()).endsWith("got in parts");
                client.send(post("/echo", "at once"));
                assertThat(client.receive()).endsWith("got at once");
            }
        }
        assertThat(early.door.servedCount()).isEqualTo(2);
    }

    @Test
    void aClientThatGoesWithinItsBodyLeavesNothingBehind() throws IOException {
        try (RawClient client = new RawClient(early.server.port())) {
            client.send(PLAIN + post("/echo", "in parts").replace("parts", ""));
            assertThat(client.receive()).endsWith("plain");
            client.reset();
        }
        await().until(() -> early.limiter.count() == 0);
        assertThat(early.door.servedCount()).isOne();
    }
}
