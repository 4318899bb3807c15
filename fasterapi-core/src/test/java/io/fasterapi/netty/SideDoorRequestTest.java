package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.http.BodyTooLargeException;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.HttpProtocol;

@ParameterizedClass
@EnumSource(Placement.class)
class SideDoorRequestTest {

    @Parameter Placement placement;

    private DoorServer server;

    @BeforeEach
    void start() {
        server =
                new DoorServer(
                        placement,
                        FastRoutes.builder()
                                .get(
                                        "/users/{id}/{*rest}",
                                        (req, res) ->
                                                res.text(
                                                        String.join(
                                                                "|",
                                                                req.method(),
                                                                req.path(),
                                                                req.template(),
                                                                req.pathVariable("id"),
                                                                req.pathVariable("rest"))))
                                .get(
                                        "/query",
                                        (req, res) ->
                                                res.text(
                                                        req.queryParameters("a")
                                                                + "|"
                                                                + req.queryParameter("a")
                                                                + "|"
                                                                + req.queryParameter("none")
                                                                + req.queryParameters("none")))
                                .get(
                                        "/headers",
                                        (req, res) ->
                                                res.text(
                                                        req.header("X-Many")
                                                                + req.headers("x-MANY")
                                                                + req.header("x-none")
                                                                + req.headers("x-none")))
                                .post("/echo", (req, res) -> res.bytes(req.body()))
                                .post(
                                        "/json",
                                        (req, res) -> res.json(req.json(String.class) + "!")));
    }

    @AfterEach
    void stop() {
        await().until(() -> server.limiter.count() == 0);
        server.close();
    }

    static HttpProtocol[] protocols() {
        return new HttpProtocol[] {HttpProtocol.HTTP11, HttpProtocol.H2C};
    }

    private Reply get(String uri) {
        return Reply.to(server.client(HttpProtocol.HTTP11), "GET", uri);
    }

    @Test
    void pathVariablesAreDecodedAndThePathIsNot() {
        assertThat(get("/users/a%20b/c/d?x=1").text())
                .isEqualTo("GET|/users/a%20b/c/d|/users/{id}/{*rest}|a b|/c/d");
    }

    @Test
    void queryParameters() {
        assertThat(get("/query?a=1&b=2&a=%C3%A4&a").text()).isEqualTo("[1, ä, ]|1|null[]");
        assertThat(get("/query").text()).isEqualTo("[]|null|null[]");
    }

    @Test
    void headers() {
        Reply reply =
                Reply.to(
                        server.client(HttpProtocol.HTTP11)
                                .headers(all -> all.add("x-many", "1").add("X-Many", "2")),
                        "GET",
                        "/headers");

        assertThat(reply.text()).isEqualTo("1[1, 2]null[]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 999, DoorServer.MAX_BODY})
    void bodies(int length) {
        String body = "ab".repeat(length).substring(0, length);
        for (HttpProtocol protocol : protocols()) {
            assertThat(Reply.toPost(server.client(protocol), "/echo", body).text()).isEqualTo(body);
            assertThat(
                            Reply.toChunks(
                                            server.client(protocol),
                                            "/echo",
                                            body.substring(0, length / 3),
                                            body.substring(length / 3))
                                    .text())
                    .isEqualTo(body);
        }
    }

    @Test
    void aRequestWithoutABodyHasAnEmptyOne() {
        Reply reply = Reply.to(server.client(HttpProtocol.HTTP11), "POST", "/echo");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void aBodyBeyondTheLimitIsAnswered413() {
        String body = "x".repeat(DoorServer.MAX_BODY + 1);
        for (HttpProtocol protocol : protocols()) {
            assertThat(Reply.toPost(server.client(protocol), "/echo", body).status())
                    .isEqualTo(413);
            assertThat(
                            Reply.toChunks(
                                            server.client(protocol),
                                            "/echo",
                                            body.substring(0, 600),
                                            body.substring(600))
                                    .status())
                    .isEqualTo(413);
        }
        await().until(() -> server.recorded.size() == 4);

        assertThat(server.recorded)
                .allMatch(
                        one ->
                                one.status() == 413
                                        && one.route().equals("POST /echo")
                                        && one.failure() instanceof BodyTooLargeException);
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedBeforeItIsSent() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /echo HTTP/1.1\r\nhost: t\r\ncontent-length: 1001\r\n\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void jsonBodiesAreReadAndMalformedOnesAnswered400() {
        assertThat(Reply.toPost(server.client(HttpProtocol.HTTP11), "/json", "\"one\"").text())
                .isEqualTo("\"one!\"");
        assertThat(Reply.toPost(server.client(HttpProtocol.HTTP11), "/json", "{").status())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatArrivesByteByByteIsOne() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /echo HTTP/1.1\r\nhost: t\r\ncontent-length: 5\r\n\r\n");
            for (byte one : "bytes".getBytes(StandardCharsets.US_ASCII)) {
                client.send("" + (char) one);
            }

            assertThat(client.receive()).startsWith("HTTP/1.1 200 OK").endsWith("bytes");
        }
    }

    @Test
    void whatNoRouteKnowsIsLeftToTheServer() {
        assertThat(get("/unknown").status()).isEqualTo(404);
        assertThat(get("/query?a=%zz").status()).isEqualTo(404);
        assertThat(server.recorded).isEmpty();
    }
}
