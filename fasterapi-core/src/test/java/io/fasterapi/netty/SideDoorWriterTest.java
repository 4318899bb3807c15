package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.http.ConstantBody;
import io.fasterapi.http.FastHandler;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/** Answers by the writer of their class, and constant ones, on the side door. */
class SideDoorWriterTest {

    private static final ConstantBody CONSTANT =
            ConstantBody.of("text/x-constant", "constant ".repeat(100).getBytes());

    static Stream<Arguments> doors() {
        return SideDoorAnswerTest.doors();
    }

    private static Reply ask(
            Placement placement, HttpProtocol protocol, String method, FastHandler handler) {
        FastRoutes.Builder routes = FastRoutes.builder().get("/it", handler);
        try (DoorServer server = new DoorServer(placement, routes)) {
            Reply reply = Reply.to(server.client(protocol), method, "/it");
            await().until(() -> server.limiter.count() == 0 && server.recorded.size() == 1);
            return reply;
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void theClassOfTheValueChooses(Placement placement, HttpProtocol protocol) {
        Reply text = ask(placement, protocol, "GET", (req, res) -> res.write("plain"));
        assertThat(text.text()).isEqualTo("plain");
        assertThat(text.header("content-type")).isEqualTo("text/plain;charset=UTF-8");

        Reply bytes = ask(placement, protocol, "GET", (req, res) -> res.write(new byte[] {65}));
        assertThat(bytes.text()).isEqualTo("A");
        assertThat(bytes.header("content-type")).isEqualTo("application/octet-stream");

        Reply typed =
                ask(
                        placement,
                        protocol,
                        "GET",
                        (req, res) -> res.header("content-type", "text/csv").write("a,b"));
        assertThat(typed.headers().getAll("content-type")).containsExactly("text/csv");
    }

    /** The codec of this server knows strings alone: what it refuses is a failure, unsent. */
    @ParameterizedTest
    @MethodSource("doors")
    void whatCannotBeWrittenIsAFailure(Placement placement, HttpProtocol protocol) {
        FastRoutes.Builder routes =
                FastRoutes.builder().get("/it", (req, res) -> res.write(List.of(1)));
        try (DoorServer server = new DoorServer(placement, routes)) {
            Reply reply = Reply.to(server.client(protocol), "GET", "/it");
            assertThat(reply.status()).isEqualTo(500);
            await().until(() -> server.recorded.size() == 1);
            assertThat(server.recorded.get(0).failure())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void constants(Placement placement, HttpProtocol protocol) {
        FastRoutes.Builder routes =
                FastRoutes.builder()
                        .get("/constant", (req, res) -> res.constant(CONSTANT))
                        .get("/written", (req, res) -> res.write(CONSTANT))
                        .get(
                                "/own",
                                (req, res) -> res.header("content-type", "x/y").constant(CONSTANT));
        try (DoorServer server = new DoorServer(placement, routes)) {
            HttpClient client = server.client(protocol);
            for (String path : List.of("/constant", "/written", "/constant", "/own")) {
                Reply reply = Reply.to(client, "GET", path);
                assertThat(reply.text()).isEqualTo("constant ".repeat(100));
                assertThat(reply.header("content-length")).isEqualTo("900");
                assertThat(reply.header("content-type"))
                        .isEqualTo(path.equals("/own") ? "x/y" : "text/x-constant");
            }
            Reply head = Reply.to(client, "HEAD", "/constant");
            assertThat(head.body()).isEmpty();
            assertThat(head.header("content-length")).isEqualTo("900");
            await().until(() -> server.limiter.count() == 0);
        }
        assertThat(CONSTANT.buffer().readableBytes()).isEqualTo(900);
    }

    /** Whatever ends a response, nothing may follow; and what throws has not ended it. */
    @Test
    void oneEndPerResponse() {
        List<Consumer<FastResponse>> ends = new ArrayList<>();
        ends.add(res -> res.write("again"));
        ends.add(res -> res.constant(CONSTANT));
        ends.add(res -> res.file(Path.of("none")));
        ends.add(res -> res.text("again"));
        List<Class<?>> thrown = new ArrayList<>();
        Reply reply =
                ask(
                        Placement.CORE,
                        HttpProtocol.HTTP11,
                        "GET",
                        (req, res) -> {
                            try {
                                res.write(List.of(1));
                            } catch (IllegalArgumentException expected) {
                                res.constant(CONSTANT);
                            }
                            for (Consumer<FastResponse> end : ends) {
                                try {
                                    end.accept(res);
                                } catch (IllegalStateException expected) {
                                    thrown.add(expected.getClass());
                                }
                            }
                        });
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).hasSize(900);
        assertThat(thrown).hasSameSizeAs(ends);
    }
}
