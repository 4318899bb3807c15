package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.core.HandlerCore;
import io.fasterapi.http.FastHandler;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.HttpProtocol;

class SideDoorAnswerTest {

    static Stream<Arguments> doors() {
        return Stream.of(Placement.values())
                .flatMap(
                        placement ->
                                Stream.of(HttpProtocol.HTTP11, HttpProtocol.H2C)
                                        .map(protocol -> Arguments.of(placement, protocol)));
    }

    private static Reply ask(Arguments door, String method, FastHandler handler) {
        Placement placement = (Placement) door.get()[0];
        FastRoutes.Builder routes = FastRoutes.builder().get("/it", handler);
        try (DoorServer server = new DoorServer(placement, routes)) {
            Reply reply = Reply.to(server.client((HttpProtocol) door.get()[1]), method, "/it?a=1");
            await().until(() -> server.limiter.count() == 0 && server.recorded.size() == 1);
            assertThat(server.recorded)
                    .containsExactly(
                            new DoorServer.Recorded("GET /it", method, reply.status(), null));
            assertThat(server.nanos).allMatch(nanos -> nanos > 0);
            return reply;
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void text(Placement placement, HttpProtocol protocol) {
        Reply reply =
                ask(Arguments.of(placement, protocol), "GET", (req, res) -> res.text("Grüße €"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("Grüße €");
        assertThat(reply.header("content-type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(reply.header("content-length")).isEqualTo("11");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void emptyText(Placement placement, HttpProtocol protocol) {
        Reply reply = ask(Arguments.of(placement, protocol), "GET", (req, res) -> res.text(""));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header("content-length")).isEqualTo("0");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void statusAndHeaders(Placement placement, HttpProtocol protocol) {
        Reply reply =
                ask(
                        Arguments.of(placement, protocol),
                        "GET",
                        (req, res) ->
                                res.status(418)
                                        .header("x-one", "lost")
                                        .header("x-one", "kept")
                                        .addHeader("x-two", "a")
                                        .addHeader("x-two", "b")
                                        .header("content-type", "text/html")
                                        .text("<p>"));

        assertThat(reply.status()).isEqualTo(418);
        assertThat(reply.headers().getAll("x-one")).containsExactly("kept");
        assertThat(reply.headers().getAll("x-two")).containsExactly("a", "b");
        assertThat(reply.headers().getAll("content-type")).containsExactly("text/html");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void bytes(Placement placement, HttpProtocol protocol) {
        byte[] all = new byte[100_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        Reply reply =
                ask(Arguments.of(placement, protocol), "GET", (req, res) -> res.bytes(all.clone()));

        assertThat(reply.body()).isEqualTo(all);
        assertThat(reply.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(reply.header("content-length")).isEqualTo("100000");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void json(Placement placement, HttpProtocol protocol) {
        Reply reply =
                ask(Arguments.of(placement, protocol), "GET", (req, res) -> res.json("value"));

        assertThat(reply.text()).isEqualTo("\"value\"");
        assertThat(reply.header("content-type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void endsWithoutABody(Placement placement, HttpProtocol protocol) {
        Reply reply =
                ask(Arguments.of(placement, protocol), "GET", (req, res) -> res.status(201).end());

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers().contains("content-type")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("doors")
    void noContentAndNotModified(Placement placement, HttpProtocol protocol) {
        for (int status : List.of(204, 304)) {
            Reply reply =
                    ask(
                            Arguments.of(placement, protocol),
                            "GET",
                            (req, res) -> res.status(status).header("etag", "\"1\"").end());

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.body()).isEmpty();
            assertThat(reply.header("etag")).isEqualTo("\"1\"");
            assertThat(reply.headers().contains("transfer-encoding")).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void headAnswersTheHeadersOfGetWithoutItsBody(Placement placement, HttpProtocol protocol) {
        Reply reply =
                ask(
                        Arguments.of(placement, protocol),
                        "HEAD",
                        (req, res) -> res.header("x-method", req.method()).text("12345"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-method")).isEqualTo("HEAD");
        assertThat(reply.header("content-length")).isEqualTo("5");
        assertThat(reply.header("content-type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(reply.body()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("doors")
    void anotherThreadEndsAnAsynchronousAnswer(Placement placement, HttpProtocol protocol) {
        CompletableFuture<Void> returned = new CompletableFuture<>();
        Reply reply =
                ask(
                        Arguments.of(placement, protocol),
                        "GET",
                        (req, res) -> {
                            res.async();
                            returned.thenRunAsync(() -> res.status(202).json("later"));
                            returned.complete(null);
                        });

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text()).isEqualTo("\"later\"");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void theHandlerRunsWhereThePlacementSays(Placement placement, HttpProtocol protocol) {
        Reply reply =
                ask(
                        Arguments.of(placement, protocol),
                        "GET",
                        (req, res) -> res.text("on core: " + (HandlerCore.current() != null)));

        assertThat(reply.text())
                .isEqualTo(
                        "on core: " + (placement == Placement.CORE || placement == Placement.AUTO));
    }

    @Test
    void aRoutesOwnPlacementWins() {
        FastRoutes.Builder routes =
                FastRoutes.builder()
                        .get(
                                "/inline",
                                Placement.INLINE,
                                (req, res) -> res.text("" + HandlerCore.current()));
        try (DoorServer server = new DoorServer(Placement.CORE, routes)) {
            Reply reply = Reply.to(server.client(HttpProtocol.HTTP11), "GET", "/inline");

            assertThat(reply.text()).isEqualTo("null");
            assertThat(server.cores.cores().get(0).published()).isZero();
        }
    }
}
