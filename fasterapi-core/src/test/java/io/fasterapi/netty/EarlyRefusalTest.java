package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Deadlines;
import io.fasterapi.admission.EventLoopLag;
import io.fasterapi.admission.Refusals;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteTree;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** Every route takes one request at a time, and one of /held is under way. */
class EarlyRefusalTest {

    private static final String GET = RawClient.get("/held/b");
    private static final String BODY = "x".repeat(70_000);

    private Refusals answers = Refusals.plain();
    private boolean tooMany;
    private final List<FastResponse> held = new CopyOnWriteArrayList<>();
    private final List<Integer> recorded = new CopyOnWriteArrayList<>();
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    private final FrontDoor refusals = new FrontDoor();
    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 64, WaitMode.PARK, false, "early-core-"));
    private final Placements placements =
            new Placements(
                    Placement.INLINE,
                    template -> null,
                    new LoadLimits(
                            () -> ConcurrencyLimit.fixed(1),
                            "/essential"::equals,
                            template -> tooMany));
    private final FastRoutes routes =
            FastRoutes.builder()
                    .get("/held/{name}", (req, res) -> held.add(res.async()))
                    .post("/held/{name}", (req, res) -> held.add(res.async()))
                    .get("/later", (req, res) -> held.add(res.async()))
                    .get("/core", Placement.CORE, (req, res) -> res.text("core"))
                    .get("/essential", (req, res) -> res.text("essential"))
                    .get("/open", (req, res) -> res.text("open"))
                    .build();

    private DisposableServer server;
    private RawClient holder;
    private RawClient client;

    private void start(UnaryOperator<HttpServer> options, boolean bare) throws IOException {
        SideDoorOptions doorOptions =
                new SideDoorOptions(
                        placements,
                        ThreadWorkers.pooled(),
                        new TinyJson(),
                        BodyWriters.of(new TinyJson()),
                        FailureAnswer.plain(),
                        new Admission(limiter, Deadlines.none(), EventLoopLag.none(), answers),
                        100_000);
        SideDoor door =
                new SideDoor(
                        RouteTree.of(routes.routes()),
                        cores,
                        doorOptions,
                        (route, method, status, failure, nanos) -> recorded.add(status));
        cores.start();
        refusals.add(door);
        HttpServer plain = HttpServer.create().host("127.0.0.1").port(0).route(door::addTo);
        server = options.apply(refusals.addTo(plain, () -> bare)).bindNow();
        holder = new RawClient(server.port());
        client = new RawClient(server.port());
    }

    private void start() throws IOException {
        start(UnaryOperator.identity(), true);
    }

    /** Holds the one place of a route; the client's first refusal takes the usual way. */
    private String refuseUntilEarly(String request) throws IOException {
        holder.send(request);
        await().until(() -> held.size() == 1);
        String answer = exchange(request);
        assertThat(answer)
                .startsWith("HTTP/1.1 " + (tooMany ? 429 : 503) + " ")
                .contains("retry-after: N\r\n");
        assertThat(refusals.refusedCount()).isZero();
        assertThat(exchange(request)).isEqualTo(answer);
        assertThat(refusals.refusedCount()).isOne();
        return answer;
    }

    private String exchange(String request) throws IOException {
        client.send(request);
        return receive();
    }

    /** Returns an answer without the seconds, which are spread. */
    private String receive() throws IOException {
        return client.receive().replaceFirst("retry-after: [12]\r\n", "retry-after: N\r\n");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        holder.close();
        server.disposeNow(Duration.ofSeconds(20));
        cores.stop(Duration.ofSeconds(20));
    }

    @Test
    void theSecondRefusalOfAConnectionIsEarlyAndTheSame() throws Exception {
        start();
        String answer = refuseUntilEarly(GET);
        for (int i = 0; i < 10; i++) {
            assertThat(exchange(GET)).isEqualTo(answer);
        }
        assertThat(refusals.refusedCount()).isEqualTo(11);
        assertThat(exchange(RawClient.get("/open"))).endsWith("open");

        held.get(0).text("done");
        assertThat(holder.receive()).endsWith("done");
        await().until(() -> limiter.count() == 0);
        client.send(GET);
        await().until(() -> held.size() == 2);
        held.get(1).text("mine");
        assertThat(client.receive()).endsWith("mine");

        assertThat(refusals.refusedCount()).isEqualTo(11);
        assertThat(placements.find("GET /held/{name}").load().refused(Refused.ROUTE_LIMIT))
                .isEqualTo(12);
        await().until(() -> recorded.size() == 15 && limiter.count() == 0);
        assertThat(recorded.stream().filter(status -> status == 503)).hasSize(12);
        assertThat(limiter.begun()).isEqualTo(15);
    }

    /** Netty's encoder copies short bodies and passes on longer ones. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20, 1_000})
    void withAnotherStatusAndABodyTheyAreTheSame(int length) throws Exception {
        tooMany = true;
        byte[] body = "p".repeat(length).getBytes(StandardCharsets.US_ASCII);
        answers = new Refusals(template -> true, status -> body);
        start();
        String answer = refuseUntilEarly(GET);
        assertThat(answer)
                .contains("content-length: " + length + "\r\n")
                .endsWith("\r\n\r\n" + "p".repeat(length));
        client.send(GET.repeat(30));
        for (int i = 0; i < 30; i++) {
            assertThat(receive()).isEqualTo(answer);
        }
        client.send(GET.replace("GET", "HEAD"));
        assertThat(client.head()).contains(" 429 ", "content-length: " + length + "\r\n");
        assertThat(exchange(GET)).isEqualTo(answer);
        assertThat(recorded).hasSize(34).containsOnly(429);
        assertThat(refusals.refusedCount()).isGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "problem"})
    void bodiesOfEarlyRefusedRequestsAreReadAndForgotten(String problem) throws Exception {
        byte[] body = problem.getBytes(StandardCharsets.US_ASCII);
        answers = new Refusals(template -> false, status -> body);
        start();
        String post = "POST /held/b HTTP/1.1\r\nhost: test\r\ncontent-length: 70000\r\n\r\n" + BODY;
        refuseUntilEarly(post);
        assertThat(exchange(post)).startsWith("HTTP/1.1 503 ");
        assertThat(refusals.refusedCount()).isEqualTo(2);
        assertThat(exchange(RawClient.get("/open"))).endsWith("open");
    }

    /** The connection ends there: Reactor Netty reads no more after what it had queued. */
    @ParameterizedTest
    @ValueSource(strings = {"test", "other"})
    void noAnswerOvertakesOneThatComesLater(String host) throws Exception {
        start();
        refuseUntilEarly(GET);
        String first = RawClient.get("/later").replace("test", host);
        client.send(first + GET + GET + RawClient.get("/open") + GET);
        await().until(() -> held.size() == 2);
        held.get(1).text("later");
        assertThat(client.receive()).endsWith("later");
        assertThat(client.receive()).startsWith("HTTP/1.1 503 ");
        assertThat(client.receive()).startsWith("HTTP/1.1 503 ");
        assertThat(client.receive()).endsWith("open");
        assertThat(client.receive()).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void noAnswerOvertakesOneOfACore() throws Exception {
        start();
        refuseUntilEarly(GET);
        for (int n = 0; n < 3; n++) {
            client.send(GET + RawClient.get("/core") + GET + RawClient.get("/core") + GET);
            for (int i = 0; i < 2; i++) {
                assertThat(client.receive()).startsWith("HTTP/1.1 503 ");
                assertThat(client.receive()).endsWith("core");
            }
            assertThat(client.receive()).startsWith("HTTP/1.1 503 ");
        }
        assertThat(refusals.refusedCount()).isGreaterThan(1);
    }

    @Test
    void manyThatArriveTogetherAreAllAnswered() throws Exception {
        start();
        refuseUntilEarly(GET);
        int count = 20_000;
        Thread sender =
                new Thread(
                        () -> {
                            try {
                                client.send(GET.repeat(count));
                            } catch (IOException ex) {
                                throw new AssertionError(ex);
                            }
                        });
        sender.start();
        for (int i = 0; i < count; i++) {
            assertThat(client.receive()).startsWith("HTTP/1.1 503 ");
        }
        sender.join();
        assertThat(refusals.refusedCount()).isGreaterThan(1);
        assertThat(exchange(RawClient.get("/open"))).endsWith("open");
    }

    static Stream<String> unusual() {
        return Stream.of(
                "HEAD /held/b HTTP/1.1\r\nhost: test\r\n\r\n",
                "GET /held/b HTTP/1.0\r\nhost: test\r\nconnection: keep-alive\r\n\r\n",
                "GET /held/b HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n",
                "GET /held/b HTTP/1.1\r\nhost: other\r\n\r\n",
                "GET /held/b HTTP/1.1\r\nhost: test\r\nupgrade: foo\r\n\r\n",
                "GET /held/b HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /held/b HTTP/1.1\r\nhost: test\r\nexpect: 100-continue\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void whatIsNotOrdinaryIsRefusedInTheUsualWay(String request) throws Exception {
        start();
        refuseUntilEarly(GET);
        client.send(request);
        assertThat(client.head()).contains(" 503 ");
        assertThat(refusals.refusedCount()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/essential", "/open", "/held", "/held/%zz", "/held/b?a=%zz", "*"})
    void whatWouldNotBeRefusedIsNot(String uri) throws Exception {
        start();
        refuseUntilEarly(GET);
        assertThat(exchange(RawClient.get(uri))).doesNotContain(" 503 ");
        assertThat(refusals.refusedCount()).isOne();
    }

    /** The connection is open for a while yet, as where the client does not read. */
    @Test
    void nothingIsRefusedOnceTheEndWasAnnounced() throws Exception {
        start(
                each ->
                        each.doOnChannelInit(
                                (observer, channel, address) ->
                                        channel.pipeline().addFirst(new ClosingLate())),
                true);
        refuseUntilEarly(GET);
        client.send("GET /held/b HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n" + GET + GET);
        assertThat(client.textToTheEnd()).containsOnlyOnce("HTTP/1.1 503 ");
        assertThat(refusals.refusedCount()).isOne();
    }

    /** Closes a connection 200 ms after it was told to. */
    private static final class ClosingLate extends ChannelOutboundHandlerAdapter {
        @Override
        public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
            ctx.executor().schedule(() -> ctx.close(promise), 200, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void aClientThatDoesNotReadIsRefusedInTheUsualWay() throws Exception {
        Wire wire = new Wire();
        start(wire::addTo, true);
        refuseUntilEarly(GET);
        int before = recorded.size();
        wire.hold();
        client.send(GET);
        await().until(() -> recorded.size() == before + 1);
        assertThat(refusals.refusedCount()).isEqualTo(2);
        client.send(GET);
        await().until(() -> recorded.size() == before + 2);
        assertThat(refusals.refusedCount()).isEqualTo(2);

        wire.release();
        assertThat(client.receive()).startsWith("HTTP/1.1 503 ");
        assertThat(client.receive()).startsWith("HTTP/1.1 503 ");
        assertThat(exchange(GET)).startsWith("HTTP/1.1 503 ");
        assertThat(refusals.refusedCount()).isEqualTo(3);
    }

    /** Or before the next is looked at, where a single one makes the client seem slow. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void whatOneReadBringsIsFlushedOnce(int flushes) throws Exception {
        Wire wire = new Wire();
        start(flushes == 1 ? wire::watch : wire::addTo, true);
        refuseUntilEarly(GET);
        for (int i = 1; i <= 3; i++) {
            int before = wire.flushed.get();
            client.send(GET.repeat(8));
            for (int j = 0; j < 8; j++) {
                assertThat(client.receive()).startsWith("HTTP/1.1 503 ");
            }
            assertThat(refusals.refusedCount()).isEqualTo(1 + 8 * i);
            assertThat(wire.flushed.get() - before).isEqualTo(flushes);
        }
    }

    static Stream<UnaryOperator<HttpServer>> servers() {
        return Stream.of(
                each -> each.accessLog(true),
                each -> each.compress(true),
                each -> each.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C),
                each ->
                        each.doOnChannelInit(
                                (observer, channel, address) ->
                                        channel.pipeline()
                                                .addBefore(
                                                        NettyPipeline.HttpTrafficHandler,
                                                        "users",
                                                        new ChannelInboundHandlerAdapter())));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void serversThatDoMoreForARequestRefuseInTheUsualWay(UnaryOperator<HttpServer> options)
            throws Exception {
        start(options, true);
        refuseInTheUsualWay();
    }

    @Test
    void serversThatEndIdleConnectionsOrHeedProxiesRefuseEarly() throws Exception {
        start(each -> each.idleTimeout(Duration.ofMinutes(1)).forwarded(true), true);
        refuseUntilEarly(GET.replace("\r\n\r\n", "\r\nx-forwarded-for: 203.0.113.7\r\n\r\n"));
    }

    @Test
    void soDoThoseThatAreNotBare() throws Exception {
        start(UnaryOperator.identity(), false);
        refuseInTheUsualWay();
    }

    private void refuseInTheUsualWay() throws IOException {
        holder.send(GET);
        await().until(() -> held.size() == 1);
        for (int i = 0; i < 5; i++) {
            assertThat(exchange(GET)).startsWith("HTTP/1.1 503 ");
        }
        assertThat(refusals.refusedCount()).isZero();
        assertThat(exchange(RawClient.get("/open"))).endsWith("open");
    }
}
