package io.fasterapi.spring.webflux.route;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Direct routes of an application in which nothing stands before its handlers. */
class DirectLaneTest {

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application =
                RunningApplication.start(
                        RouteApplication.class,
                        "fasterapi.cores.count=2",
                        "fasterapi.routes.max-body-size=1KB",
                        "spring.jackson.property-naming-strategy=SNAKE_CASE",
                        "spring.jackson.default-property-inclusion=non_null");
    }

    @AfterAll
    static void stop() {
        application.awaitIdle();
        application.close();
    }

    @Test
    void oneRingItemPerRequestAndNoWebFlux() throws IOException {
        long before = application.published();
        try (RawConnection connection = application.connect()) {
            for (int i = 1; i <= 20; i++) {
                Answer answer = connection.exchange(request("GET", "/lane"));
                assertThat(answer.text()).startsWith("direct fasterapi-core-");
                assertThat(application.published()).isEqualTo(before + i);
            }
        }
    }

    @Test
    void inlineStaysOnTheEventLoop() throws IOException {
        long before = application.published();
        assertThat(application.get("/inline").text()).startsWith("direct fasterapi-io-");
        assertThat(application.published()).isEqualTo(before);
    }

    @Test
    void jsonByTheApplicationsMapper() throws IOException {
        Answer answer = application.get("/json");
        assertThat(answer.text()).isEqualTo("{\"item_name\":\"pen\",\"amount\":3}");
        assertThat(answer.comparable()).isEqualTo(application.get("/flux/json").comparable());
        assertThat(
                        application
                                .exchange(json("/items", "{\"amount\":1,\"item_name\":\"ink\"}"))
                                .text())
                .isEqualTo("{\"item_name\":\"ink\",\"amount\":1}");
    }

    @ParameterizedTest
    @CsvSource({"teapot, 418, I'm a teapot", "broken, 500, Internal Server Error"})
    void failuresAreAnsweredAsInWebFlux(String path, int status, String error) throws IOException {
        Answer answer = application.get("/" + path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text())
                .contains("\"path\":\"/" + path + "\"")
                .contains("\"error\":\"" + error + "\"");
        assertThat(answer.comparable())
                .isEqualTo(
                        application
                                .get("/flux/" + path)
                                .comparable()
                                .replace("/flux/" + path, "/" + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1]", "not json", "{\"amount\":\"many\"}"})
    void malformedBodyIs400AsInWebFlux(String body) throws IOException {
        Answer answer = application.exchange(json("/items", body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.comparable())
                .isEqualTo(
                        application
                                .exchange(json("/flux/items", body))
                                .comparable()
                                .replace("/flux/items", "/items"));
    }

    @Test
    void bodiesUpToTheLimit() throws IOException {
        try (RawConnection connection = application.connect()) {
            assertThat(connection.exchange(json("/length", "a".repeat(1024))).text())
                    .isEqualTo("1024");
        }
        Answer announced = application.exchange(json("/length", "a".repeat(1025)));
        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.text()).contains("\"path\":\"/length\"");
    }

    @Test
    void chunkedBodiesUpToTheLimit() throws IOException {
        String head = request("POST", "/length", "Transfer-Encoding: chunked");
        String half = "200\r\n" + "a".repeat(512) + "\r\n";
        assertThat(application.exchange(head + half + half + "0\r\n\r\n").text()).isEqualTo("1024");
        assertThat(application.exchange(head + half + half + "1\r\na\r\n0\r\n\r\n").status())
                .isEqualTo(413);
    }

    @Test
    void problemDetailsIfTheApplicationWantsThem() throws IOException {
        try (RunningApplication problems =
                RunningApplication.start(
                        RouteApplication.class, "spring.webflux.problemdetails.enabled=true")) {
            String length = "content-length=\\[\\d+], "; // the path is part of the body
            assertThat(problems.get("/teapot").comparable().replaceAll(length, ""))
                    .isEqualTo(
                            problems.get("/flux/teapot")
                                    .comparable()
                                    .replaceAll(length, "")
                                    .replace("/flux/teapot", "/teapot"));
        }
    }

    @Test
    void basePath() throws IOException {
        try (RunningApplication based =
                RunningApplication.start(
                        RouteApplication.class, "spring.webflux.base-path=/base")) {
            long before = based.published();
            assertThat(based.get("/base/lane").text()).startsWith("direct fasterapi-core-");
            assertThat(based.published()).isEqualTo(before + 1);
            assertThat(based.get("/base/items/a%20b?tag=x").text()).isEqualTo("a b [x] null");
            assertThat(based.get("/lane").status()).isEqualTo(404);
            assertThat(based.get("/base/teapot").text()).contains("\"path\":\"/base/teapot\"");
        }
    }

    @Test
    void headIsGetWithoutBody() throws IOException {
        try (RawConnection connection = application.connect()) {
            Answer get = connection.exchange(request("GET", "/text"));
            Answer head = connection.exchange(request("HEAD", "/text"));
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers()).isEqualTo(get.headers());
            assertThat(connection.exchange(request("GET", "/text")).text()).isEqualTo("h\u00e9llo");
        }
    }

    /** As in WebFlux, a method that no route has goes on to the next mapping. */
    @Test
    void otherMethodsFallToWebFlux() throws IOException {
        assertThat(application.exchange(json("/text", "")).text()).isEqualTo("posted to webflux");
        assertThat(application.exchange(request("DELETE", "/text")).status()).isEqualTo(405);
        assertThat(application.exchange(request("PATCH", "/json")).status()).isEqualTo(404);
        assertThat(application.get("/nowhere").status()).isEqualTo(404);
        assertThat(application.get("/webflux").text()).isEqualTo("webflux");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /items/a%20b               | a b [] null
                    /items/%C3%A9              | é [] null
                    /items/a%2Fb               | a/b [] null
                    /items/a+b?tag=c+d&tag=%26 | a+b [c d, &] null
                    /items/x?tag               | x [] null
                    """)
    void percentEncoding(String target, String expected) throws IOException {
        assertThat(application.get(target).text()).isEqualTo(expected);
    }

    @Test
    void asynchronousAnswers() throws IOException {
        assertThat(application.get("/late").text()).isEqualTo("late");
        assertThat(application.get("/later-failed").status()).isEqualTo(418);
        assertThat(application.get("/failed").status()).isEqualTo(418);
        assertThat(application.get("/silent").status()).isEqualTo(500);
    }

    @Test
    void timerHasItsFiveKeys() throws IOException {
        assertThat(application.get("/items/timed").status()).isEqualTo(200);
        assertThat(application.get("/teapot").status()).isEqualTo(418);
        assertThat(application.get("/webflux").status()).isEqualTo(200);
        assertTimer("/items/{name}", "none", "SUCCESS", "200");
        assertTimer("/teapot", "ResponseStatusException", "CLIENT_ERROR", "418");
        assertThat(keys("/items/{name}"))
                .contains("exception", "method", "outcome", "status", "uri")
                .isEqualTo(keys("/teapot"))
                .isSubsetOf(keys("/webflux"));
        MeterRegistry registry = application.bean(MeterRegistry.class);
        assertThat(registry.find("http.server.requests").timers())
                .noneMatch(timer -> "/items/timed".equals(timer.getId().getTag("uri")));
    }

    @Test
    void prometheusShowsBothLanes() throws IOException {
        try (RunningApplication exposed =
                RunningApplication.start(
                        RouteApplication.class,
                        "management.endpoints.web.exposure.include=prometheus")) {
            for (String path : List.of("/text", "/webflux", "/json")) {
                assertThat(exposed.get(path).status()).isEqualTo(200);
            }
            await().atMost(10, SECONDS)
                    .untilAsserted(
                            () ->
                                    assertThat(exposed.get("/actuator/prometheus").text())
                                            .contains("uri=\"/text\"")
                                            .contains("uri=\"/webflux\"")
                                            .contains("uri=\"/json\""));
        }
    }

    private static Set<String> keys(String uri) {
        return timer(uri).getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet());
    }

    private static void assertTimer(String uri, String exception, String outcome, String status) {
        assertThat(timer(uri).getId().getTags())
                .contains(
                        Tag.of("exception", exception),
                        Tag.of("method", "GET"),
                        Tag.of("outcome", outcome),
                        Tag.of("status", status),
                        Tag.of("uri", uri));
    }

    /** A timer is recorded once the answer is written, which may be after it is read. */
    private static Timer timer(String uri) {
        MeterRegistry registry = application.bean(MeterRegistry.class);
        return await().atMost(10, SECONDS)
                .until(
                        () ->
                                registry.find("http.server.requests")
                                        .tag("uri", uri)
                                        .tag("method", "GET")
                                        .timer(),
                        found -> found != null && found.count() > 0);
    }
}
