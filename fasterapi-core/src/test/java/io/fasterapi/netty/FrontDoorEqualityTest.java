package io.fasterapi.netty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.fasterapi.admission.Ending;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same requests to two servers, of which one has a front door: the same bytes come back. */
@ParameterizedClass
@EnumSource(value = Placement.class, names = "AUTO", mode = EXCLUDE)
class FrontDoorEqualityTest {

    @Parameter Placement placement;

    private static final String PLAIN = RawClient.get("/plain");

    @TempDir Path directory;

    private final AtomicInteger calls = new AtomicInteger();
    private final List<FastResponse> held = new CopyOnWriteArrayList<>();
    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 64, WaitMode.PARK, false, "front-core-"));
    private Doors front;
    private Doors side;

    @BeforeEach
    void start() throws IOException {
        cores.start();
        front = new Doors(true, routes(), cores, placement);
        side = new Doors(false, routes(), cores, placement);
        assertThat(front.transcript("")).isEqualTo(side.transcript("")); // makes its host known
        awaitRecorded();
        assertThat(front.door.servedCount()).isZero();
        calls.set(0);
    }

    @AfterEach
    void stop() {
        for (Doors doors : List.of(front, side)) {
            await().until(() -> doors.limiter.count() == 0);
            doors.server.disposeNow(Duration.ofSeconds(20));
        }
        cores.stop(Duration.ofSeconds(20));
    }

    private FastRoutes routes() throws IOException {
        Path file = Files.writeString(directory.resolve("file.txt"), "from a file");
        return FastRoutes.builder()
                .get("/plain", (req, res) -> res.text("plain"))
                .get("/empty", (req, res) -> res.text(""))
                .get("/echo/{v}", (req, res) -> res.text(req.pathVariable("v") + req.path()))
                .get(
                        "/query",
                        (req, res) ->
                                res.text(
                                        req.queryParameters("q")
                                                + req.header("X-Mine")
                                                + req.method()))
                .get(
                        "/headers",
                        (req, res) ->
                                res.status(201)
                                        .header("X-Mine", "a")
                                        .addHeader("x-mine", "b")
                                        .header("Content-Type", "text/x")
                                        .text("made"))
                .get("/long/{n}", (req, res) -> res.text("x".repeat(length(req))))
                .get("/as/{s}", (req, res) -> answerAs(req.pathVariable("s"), res))
                .get("/type", (req, res) -> res.header("Content-Type", "text/y").text("typed"))
                .get("/203", (req, res) -> res.status(203).text("other"))
                .get("/299", (req, res) -> res.status(299).text("unknown"))
                .get("/bytes", (req, res) -> res.bytes(new byte[3]))
                .get("/none", (req, res) -> res.status(204).end())
                .get("/204", (req, res) -> res.status(204).text("no"))
                .get("/304", (req, res) -> res.status(304).text("no"))
                .get("/end", (req, res) -> res.header("a", "b").end())
                .get("/close", (req, res) -> res.header("Connection", "close").text("bye"))
                .get("/throws", (req, res) -> raise(calls))
                .get("/fails", (req, res) -> res.fail(new IllegalStateException("meant")))
                .get("/forgets", (req, res) -> calls.incrementAndGet())
                .get("/file", (req, res) -> res.header("a", "b").file(file))
                .get("/missing", (req, res) -> res.file(file.resolveSibling("missing")))
                .get("/later", (req, res) -> later(res.async().header("a", "b")::text))
                .get("/held", (req, res) -> hold(res.async()))
                .get("/at-once", (req, res) -> res.async().text("now"))
                .get("/other-thread", (req, res) -> otherThread(res.async()))
                .get("/core", Placement.CORE, (req, res) -> res.text("core"))
                .post("/post", (req, res) -> res.text("got " + req.body().length))
                .build();
    }

    private static int length(FastRequest request) {
        return Integer.parseInt(request.pathVariable("n"));
    }

    /** One route, different heads. */
    private static void answerAs(String what, FastResponse response) {
        switch (what) {
            case "text" -> response.text("text");
            case "bytes" -> response.bytes(new byte[] {'b'});
            default -> response.status(Integer.parseInt(what)).text("a status");
        }
    }

    private static void raise(AtomicInteger calls) {
        calls.incrementAndGet();
        throw new IllegalStateException("meant");
    }

    /** Answers before the handler returns, but from another thread. */
    private static void otherThread(FastResponse response) {
        CompletableFuture.runAsync(() -> response.text("other thread")).join();
    }

    /** Keeps a response for the test, and counts it when its client goes. */
    private void hold(FastResponse response) {
        ((BufferedResponse) response).onCancel(calls::incrementAndGet);
        held.add(response);
    }

    private static void later(java.util.function.Consumer<String> answer) {
        CompletableFuture.runAsync(
                () -> answer.accept("later"), CompletableFuture.delayedExecutor(20, MILLISECONDS));
    }

    /** What is recorded is so before its exchange is counted out. */
    private void awaitRecorded() {
        for (Doors doors : List.of(front, side)) {
            await().until(() -> doors.limiter.count() == 0);
        }
    }

    private void same(String requests) throws IOException {
        assertThat(front.transcript(requests)).isEqualTo(side.transcript(requests));
        awaitRecorded();
        assertThat(front.recorded).isEqualTo(side.recorded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/plain",
                "/empty",
                "/echo/a%20b",
                "/echo/%C3%A9?x=1",
                "/query?q=1&q=2",
                "/headers",
                "/long/1024",
                "/long/1025",
                "/long/70000",
                "/type",
                "/203",
                "/299",
                "/bytes",
                "/at-once",
                "/core"
            })
    void plainAnswersComeFromTheFrontDoor(String uri) throws IOException {
        same(RawClient.get(uri));
        assertThat(front.door.servedCount()).isEqualTo(1);
        assertThat(side.door.servedCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/none",
                "/204",
                "/304",
                "/end",
                "/close",
                "/throws",
                "/fails",
                "/forgets",
                "/file",
                "/missing",
                "/later",
                "/unknown",
                "/echo/%zz",
                "/plain?a=%zz",
                "/plain/",
                "//plain",
                "*",
                "http://test/plain"
            })
    void allElseGoesOnToReactorNetty(String uri) throws IOException {
        same(RawClient.get(uri));
        assertThat(front.door.servedCount()).isZero();
    }

    @Test
    void aHandlerThatFailsIsCalledOnce() throws IOException {
        assertThat(front.transcript(RawClient.get("/throws"))).contains(" 500 ");
        assertThat(front.transcript(RawClient.get("/forgets"))).contains(" 500 ");
        assertThat(calls).hasValue(2);
    }

    static Stream<String> unusual() {
        return Stream.of(
                "HEAD /plain HTTP/1.1\r\nhost: test\r\n\r\n",
                "GET /plain HTTP/1.0\r\nhost: test\r\nconnection: keep-alive\r\n\r\n",
                with("connection: keep-alive, x"),
                with("connection: keep-alive\r\nconnection: keep-alive"),
                with("connection: "),
                with("host: test"),
                with("host: other"),
                "GET /plain HTTP/1.1\r\nhost: other\r\nhost: test\r\n\r\n",
                "GET /plain HTTP/1.1\r\n\r\n",
                "GET /plain HTTP/1.1\r\nhost: test\r\nupgrade: foo\r\n\r\n",
                "GET /plain HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /plain HTTP/1.1\r\nhost: test\r\nexpect: 100-continue\r\n\r\n",
                "GET /plain HTTP/1.1\r\nhost: test\r\nbad header\r\n\r\n",
                "GET /plain\r\n\r\n",
                "nonsense\r\n\r\n");
    }

    private static String with(String fields) {
        return "GET /plain HTTP/1.1\r\nhost: test\r\n" + fields + "\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep-alive", "Keep-Alive", "KEEP-ALIVE  "})
    void aConnectionThatIsKeptAliveAnywayMayBeSo(String value) throws IOException {
        same(with("connection: " + value));
        assertThat(front.door.servedCount()).isEqualTo(1);
    }

    /** Once its host is known to the connection, and not only to the server. */
    @Test
    void aSecondHostIsSeenOnEveryRequest() throws IOException {
        same(PLAIN + with("host: other") + PLAIN + with("host: test") + PLAIN);
        assertThat(front.door.servedCount()).isEqualTo(3);
        same(with("host: other").replace("host: test", "host: more") + with("host: more"));
        assertThat(front.door.servedCount()).as("two hosts teach none").isEqualTo(3);
    }

    @Test
    void aFloodOfHostsKeepsNoOtherOneOut() throws IOException {
        try (RawClient client = new RawClient(front.server.port())) {
            for (int i = 0; i < 200; i++) {
                client.send(PLAIN.replace("host: test", "host: stranger" + i));
                assertThat(client.receive()).endsWith("plain");
            }
        }
        assertThat(front.door.servedCount()).isZero();
        for (String host : List.of("late", "stranger0")) {
            String request = PLAIN.replace("host: test", "host: " + host);
            long before = front.door.servedCount();
            front.transcript(request + request + request);
            assertThat(front.door.servedCount()).as(host).isEqualTo(before + 2);
        }
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void whatIsNotOrdinaryGoesOn(String request) throws IOException {
        same(request);
        assertThat(front.door.servedCount()).isZero();
    }

    /** Whatever stands before or behind plain requests of a pipeline. */
    static Stream<String> pipelines() {
        return Stream.of(
                PLAIN.repeat(16),
                PLAIN.repeat(3000),
                RawClient.get("/core") + PLAIN,
                PLAIN + RawClient.get("/core") + PLAIN + RawClient.get("/core") + PLAIN,
                RawClient.get("/throws") + PLAIN + RawClient.get("/file"),
                PLAIN + RawClient.get("/end") + PLAIN + RawClient.get("/none") + PLAIN,
                PLAIN + RawClient.get("/close") + PLAIN,
                PLAIN + Doors.LAST + PLAIN,
                PLAIN + "nonsense\r\n\r\n" + PLAIN,
                PLAIN + "POST /post HTTP/1.1\r\nhost: test\r\ncontent-length: 3\r\n\r\nabc" + PLAIN,
                PLAIN + "POST /post HTTP/1.1\r\nhost: test\r\ncontent-length: 0\r\n\r\n" + PLAIN,
                PLAIN + "HEAD /plain HTTP/1.1\r\nhost: test\r\n\r\n" + PLAIN);
    }

    @Test
    void theHeadsOfARouteMayDiffer() throws IOException {
        String all = "";
        for (String as : List.of("text", "text", "404", "bytes", "bytes", "text", "201", "404")) {
            all += RawClient.get("/as/" + as);
        }
        same(all);
        assertThat(front.door.servedCount()).isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void pipelinesAreAnsweredInOrder(String requests) throws IOException {
        same(requests);
        assertThat(front.door.servedCount()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void nothingOvertakesALateAnswerAndWhatComesLaterIsRead(int times) throws IOException {
        for (Doors doors : List.of(front, side)) { // front: at work, side: only there
            try (RawClient client = new RawClient(doors.server.port())) {
                client.send(PLAIN + (RawClient.get("/later") + PLAIN).repeat(times));
                assertThat(client.receive()).endsWith("plain");
                for (int i = 0; i < times; i++) {
                    assertThat(client.receive()).endsWith("later");
                    assertThat(client.receive()).endsWith("plain");
                }
                for (int i = 0; i < 3; i++) {
                    client.send(PLAIN);
                    assertThat(client.receive()).endsWith("plain");
                }
            }
        }
        assertThat(front.door.servedCount()).isEqualTo(1 + 3);
        assertThat(side.door.servedCount()).isZero();
    }

    /** As on a core, what another thread answers finds read what had arrived with its request. */
    @Test
    void whatAnotherThreadAnswersTakesEffectAfterWhatArrivedWithIt() throws IOException {
        String old = "GET /plain HTTP/1.0\r\nhost: test\r\n\r\n";
        for (int i = 0; i < 20; i++) {
            same(RawClient.get("/other-thread") + old);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/close"})
    void nothingIsServedOnceTheEndWasAnnounced(String uri) throws IOException {
        front.closesLate = true;
        side.closesLate = true;
        String last = uri.equals("/close") ? RawClient.get(uri) : Doors.LAST;
        same(last + PLAIN + PLAIN);
        assertThat(front.door.servedCount()).isZero();
    }

    @Test
    void oneRequestAfterTheOtherIsReadAndAnswered() throws IOException {
        try (RawClient client = new RawClient(front.server.port())) {
            for (int i = 0; i < 100; i++) {
                client.send(PLAIN.substring(0, 10));
                client.send(PLAIN.substring(10));
                assertThat(client.receive()).endsWith("plain");
            }
        }
        assertThat(front.door.servedCount()).isEqualTo(100);
    }

    /** Its answer comes when it has gone. */
    @Test
    void aClientThatHangsUpCancelsWhatWentOn() throws IOException {
        try (RawClient client = new RawClient(front.server.port())) {
            client.send(PLAIN + RawClient.get("/held"));
            assertThat(client.receive()).endsWith("plain");
            await().until(() -> held.size() == 1);
            client.reset();
        }
        await().until(() -> front.limiter.count() == 0);
        assertThat(front.door.servedCount()).isOne();
        assertThat(front.limiter.ended(Ending.GONE)).isOne();
        assertThat(calls).hasValue(1);
        held.get(0).text("too late");
        assertThat(front.recorded).endsWith("GET GET /held " + RouteRecorder.STATUS_UNKNOWN);
    }
}
