package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Refusals;
import io.fasterapi.admission.Verdict;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.test.Faults;
import io.fasterapi.test.HandOver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One fault at each call that the front door makes for a request: Reactor Netty answers it, or its
 * connection ends; nothing is left of it, and the next connection is served.
 */
class EarlyCallChaosTest {

    private final Faults faults = new Faults();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final WiredServer server =
            new WiredServer(
                    FastRoutes.builder().get("/plain", (req, res) -> res.text("plain")),
                    all -> all.route(any -> true, this::serve));

    /** What becomes of a call. */
    enum Way {
        /** It is answered. */
        ANSWERED,
        /** It goes on to Reactor Netty while it begins, and waits there. */
        PASSED,
        /** It goes on to Reactor Netty, where nobody takes it. */
        LOST;

        String path() {
            return "/" + name();
        }
    }

    static Stream<Arguments> faults() {
        return Faults.KINDS.stream()
                .flatMap(
                        kind ->
                                Stream.of(
                                                Arguments.of(HandOver.EARLY_OPEN, Way.ANSWERED),
                                                Arguments.of(HandOver.EARLY_BEGIN, Way.ANSWERED),
                                                Arguments.of(HandOver.EARLY_BEGIN, Way.PASSED),
                                                Arguments.of(HandOver.EARLY_ANSWERED, Way.ANSWERED),
                                                Arguments.of(HandOver.EARLY_END, Way.ANSWERED),
                                                Arguments.of(HandOver.EARLY_ABANDON, Way.LOST))
                                        .flatMap(
                                                each ->
                                                        Stream.of("GET", "POST")
                                                                .map(
                                                                        method ->
                                                                                Arguments.of(
                                                                                        each.get()[
                                                                                                0],
                                                                                        each.get()[
                                                                                                1],
                                                                                        method,
                                                                                        kind))));
    }

    static List<Supplier<Throwable>> kinds() {
        return Faults.KINDS;
    }

    private static String request(String method, String path) {
        return method.equals("GET")
                ? RawClient.get(path)
                : "POST " + path + " HTTP/1.1\r\nhost: test\r\ncontent-length: 4\r\n\r\nbody";
    }

    @BeforeEach
    void serveEarly() throws IOException {
        server.door.setLast(new Door());
        server.door.serveLast();
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.get("/plain")); // makes the host known
            assertThat(client.receive()).endsWith("plain");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatACallThrowsIsItsEnd(HandOver point, Way way, String method, Supplier<Throwable> kind)
            throws IOException {
        faults.arm(point, 0, kind);
        boolean answered = point == HandOver.EARLY_OPEN || point == HandOver.EARLY_ABANDON;
        try (RawClient client = new RawClient(server.port())) {
            client.send(request(method, way.path()));
            if (answered) {
                assertThat(client.receive()).startsWith("HTTP/1.1 200").endsWith("reactor");
            } else {
                assertThat(client.receiveToTheEnd()).isZero();
            }
        }
        await().until(() -> faults.fired() == 1); // an answer may be there before
        assertThat(calls).hasSize(point == HandOver.EARLY_OPEN ? 0 : 1);
        long served = server.door.servedCount();
        try (RawClient client = new RawClient(server.port())) {
            client.send(request(method, Way.ANSWERED.path()));
            assertThat(client.receive()).endsWith("early");
        }
        assertThat(server.door.servedCount()).isEqualTo(served + 1);
        await().until(() -> calls.stream().allMatch(call -> call.ends.get() == 1));
        await().until(() -> server.usedBytes() == 0);
    }

    /** What came behind it on the connection has ended with it. */
    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsBehindItOnItsConnectionIsNotServed(Supplier<Throwable> kind) throws IOException {
        faults.arm(HandOver.EARLY_END, 0, kind);
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    request("POST", Way.ANSWERED.path()) + request("POST", Way.ANSWERED.path()));
            assertThat(client.receiveToTheEnd()).isZero();
        }
        assertThat(faults.fired()).isOne();
        assertThat(calls).hasSize(1);
        await().until(() -> calls.get(0).ends.get() == 1);
        await().until(() -> server.usedBytes() == 0);
    }

    /** A connection that is refused early asks the doors before each request. */
    @ParameterizedTest
    @MethodSource("kinds")
    void whatFailsToBeJudgedIsRefusedInTheUsualWay(Supplier<Throwable> kind) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            for (int i = 0; i < 2; i++) {
                client.send(RawClient.get("/full"));
                assertThat(client.receive()).startsWith("HTTP/1.1 503");
            }
            assertThat(server.door.refusedCount()).isOne();
            faults.arm(HandOver.EARLY_JUDGE, 0, kind);
            for (int i = 0; i < 2; i++) {
                client.send(RawClient.get("/full"));
                assertThat(client.receive()).startsWith("HTTP/1.1 503");
            }
        }
        assertThat(faults.fired()).isOne();
        assertThat(server.door.refusedCount()).isEqualTo(2); // the last, again early
    }

    /** Behind the front door. */
    private Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        if (request.uri().equals("/full")) {
            return new Mono<>() {
                @Override
                public void subscribe(CoreSubscriber<? super Void> actual) {
                    actual.onSubscribe(Operators.emptySubscription());
                    Refusal.send(response, actual, Refusals.plain().of("/full", 0));
                }
            };
        }
        Channel channel = ((ChannelOperations<?, ?>) response).channel();
        Call begun =
                request.uri().equals(Way.LOST.path())
                        ? null
                        : FrontDoor.take(channel, request.requestHeaders(), Call.class);
        return begun == null
                ? response.header(HttpHeaderNames.CONTENT_LENGTH, "7")
                        .sendString(Mono.just("reactor"))
                : Mono.<Void>never().doOnCancel(begun::ended);
    }

    /** The last door: refuses what is full, serves the rest. */
    private final class Door implements EarlyDoor {

        @Override
        public Verdict judge(HttpRequest request, EventLoop loop) {
            faults.at(HandOver.EARLY_JUDGE);
            return Refusals.plain().of("/full", 0);
        }

        @Override
        public EarlyCall open(
                HttpRequest request, List<ByteBuf> body, String host, Channel channel) {
            if (request.uri().equals("/full")) {
                return null;
            }
            faults.at(HandOver.EARLY_OPEN);
            Call call = new Call(request, body, channel);
            calls.add(call);
            return call;
        }
    }

    /** Keeps the body of its request until it ends. */
    private final class Call implements EarlyCall {

        private final HttpRequest request;
        private final List<ByteBuf> body;
        private final Channel channel;
        private final AtomicInteger ends = new AtomicInteger();

        Call(HttpRequest request, List<ByteBuf> body, Channel channel) {
            this.request = request;
            this.body = body;
            this.channel = channel;
            body.forEach(ByteBuf::retain);
        }

        private void ended() {
            ends.incrementAndGet();
            body.forEach(ByteBuf::release);
        }

        @Override
        public void begin(Onward onward) {
            if (request.uri().equals(Way.PASSED.path())) {
                onward.pass();
            }
            faults.at(HandOver.EARLY_BEGIN);
            onward.settle(this);
        }

        @Override
        public boolean isAnswered() {
            faults.at(HandOver.EARLY_ANSWERED);
            return request.uri().equals(Way.ANSWERED.path());
        }

        @Override
        public HttpHeaders headers() {
            throw new UnsupportedOperationException("headers"); // nothing is compressed
        }

        @Override
        public FullHttpResponse end() {
            faults.at(HandOver.EARLY_END);
            ended();
            ByteBuf text = ByteBufUtil.writeAscii(channel.alloc(), "early");
            FullHttpResponse answer =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, text);
            answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes());
            return answer;
        }

        @Override
        public boolean isOf(HttpHeaders headers) {
            return request.headers() == headers;
        }

        @Override
        public void abandon() {
            ended();
            faults.at(HandOver.EARLY_ABANDON);
        }
    }
}
