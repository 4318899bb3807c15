package io.fasterapi.spring.webflux.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import io.fasterapi.netty.EarlyCall;
import io.fasterapi.netty.EarlyTries;
import io.fasterapi.netty.InboundGate;
import io.fasterapi.netty.Workers;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/** What an exchange leaves behind that Reactor Netty never saw: no memory, no count, no waiter. */
class EarlyExchangeEndChaosTest {

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel = new NioSocketChannel();
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter();
    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 16, WaitMode.PARK, false, "early-end-"));
    private final Workers workers =
            new Workers(cores, ThreadWorkers.pooled(), Admission.of(limiter));
    private final List<String> settled = new CopyOnWriteArrayList<>();
    private final ByteBuf body = Unpooled.copiedBuffer("body", UTF_8);
    private final ByteBuf text = Unpooled.copiedBuffer("text", UTF_8);

    @BeforeEach
    void register() {
        group.register(channel).syncUninterruptibly();
    }

    @AfterEach
    void stop() {
        assertThat(limiter.count()).isZero();
        cores.stop(Duration.ofSeconds(20));
        channel.close().syncUninterruptibly();
        group.shutdownGracefully(0, 10, SECONDS).syncUninterruptibly();
    }

    private <T> T onLoop(Callable<T> call) throws Exception {
        return channel.eventLoop().submit(call).get(30, SECONDS);
    }

    /** Returns an exchange that has begun, which has been left to the handler. */
    private EarlyExchange begun(HttpHandler handler) throws Exception {
        RoutePlacement placement =
                Placements.of(Placement.INLINE).of("POST", "/path", Placement.INLINE);
        HttpRequest request =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/path");
        return onLoop(
                () -> {
                    EarlyExchange exchange =
                            new EarlyExchange(
                                    new EarlyRoute(
                                            handler, placement, null, workers, new EarlyTries()),
                                    Placement.INLINE,
                                    request,
                                    URI.create("http://test/path"),
                                    List.of(body),
                                    channel);
                    exchange.begin(new Nowhere(settled));
                    return exchange;
                });
    }

    private Mono<Void> answer(ServerHttpResponse response) {
        response.getHeaders().setContentLength(text.readableBytes());
        NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
        return response.writeWith(Mono.just(buffers.wrap(text)));
    }

    @Test
    void oneThatIsAnsweredGivesItsBodyBackOnce() throws Exception {
        EarlyExchange exchange = begun((request, response) -> answer(response));
        assertThat(body.refCnt()).isEqualTo(2);
        FullHttpResponse answer =
                onLoop(
                        () -> {
                            assertThat(exchange.isAnswered()).isTrue();
                            return exchange.end();
                        });
        assertThat(answer.content().toString(UTF_8)).isEqualTo("text");
        assertThat(answer.headers().contains("transfer-encoding")).isFalse();
        assertThat(body.refCnt()).isOne();
        assertThat(limiter.ended(Ending.ANSWERED)).isOne();

        onLoop(
                () -> {
                    exchange.cancel();
                    return null;
                });
        assertThat(body.refCnt()).isOne();
        assertThat(limiter.ended(Ending.GONE)).isZero();
        answer.release();
        assertThat(text.refCnt()).isZero();
    }

    @Test
    void oneThatIsLostGivesItsBodyAndItsAnswerBack() throws Exception {
        EarlyExchange exchange = begun((request, response) -> answer(response));
        onLoop(
                () -> {
                    exchange.abandon();
                    return null;
                });

        assertThat(body.refCnt()).isOne();
        assertThat(text.refCnt()).isZero();
        assertThat(limiter.ended(Ending.GONE)).isOne();
    }

    @Test
    void oneThatIsLostCancelsItsHandler() throws Exception {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        EarlyExchange exchange =
                begun(
                        (request, response) ->
                                Mono.<Void>never()
                                        .doOnCancel(() -> cancelled.complete("cancelled")));
        onLoop(
                () -> {
                    assertThat(exchange.isAnswered()).isFalse();
                    exchange.abandon();
                    return null;
                });

        assertThat(cancelled).isCompletedWithValue("cancelled");
        assertThat(body.refCnt()).isOne();
    }

    @Test
    void aBodyThatItsReaderReleasedOnceTooOftenDoesNoHarm() throws Exception {
        EarlyExchange exchange =
                begun(
                        (request, response) -> {
                            body.release(2);
                            return answer(response);
                        });
        onLoop(exchange::end).release();

        assertThat(body.refCnt()).isZero();
        assertThat(limiter.ended(Ending.ANSWERED)).isOne();
    }

    /** Its answer has to find read whatever had arrived on the connection. */
    @Test
    void oneThatAnotherThreadEndsIsAnsweredInALaterTask() throws Exception {
        EarlyExchange exchange =
                begun(
                        (request, response) ->
                                Mono.create(
                                        sink -> {
                                            Mono<Void> answered = answer(response);
                                            CompletableFuture.runAsync(
                                                            () ->
                                                                    answered.subscribe(
                                                                            nothing -> {},
                                                                            sink::error,
                                                                            sink::success))
                                                    .join();
                                        }));
        onLoop(exchange::end).release();
        assertThat(settled).containsExactly("under way", "answered");
        assertThat(text.refCnt()).isZero();
    }

    /** So does an answer without a body. */
    @Test
    void oneThatAnotherThreadEndsWithoutABodyIsAnsweredInALaterTask() throws Exception {
        EarlyExchange exchange =
                begun(
                        (request, response) ->
                                Mono.create(
                                        sink ->
                                                CompletableFuture.runAsync(
                                                                () ->
                                                                        response.setComplete()
                                                                                .subscribe(
                                                                                        nothing -> {},
                                                                                        sink::error,
                                                                                        sink
                                                                                                ::success))
                                                        .join()));
        onLoop(exchange::end).release();
        assertThat(settled).containsExactly("under way", "answered");
        text.release();
    }

    /** It must not wait for the end of the filters. */
    @Test
    void whatAnotherThreadWritesBeforeTheEndIsForReactorNettyToSend() throws Exception {
        EarlyExchange exchange =
                begun(
                        (request, response) -> {
                            CompletableFuture.runAsync(() -> answer(response).subscribe()).join();
                            return Mono.never();
                        });
        await().until(() -> settled.contains("passed on"));
        onLoop(
                () -> {
                    exchange.abandon();
                    return null;
                });

        assertThat(settled).startsWith("under way").endsWith("passed on");
        assertThat(text.refCnt()).isZero();
    }

    /** Nobody waits for it any more. */
    @Test
    void whatIsWrittenWhenTheClientHasGoneIsGivenBack() throws Exception {
        CompletableFuture<ServerHttpResponse> written = new CompletableFuture<>();
        EarlyExchange exchange =
                begun(
                        (request, response) -> {
                            written.complete(response);
                            return Mono.never();
                        });
        onLoop(
                () -> {
                    exchange.cancel();
                    return null;
                });
        answer(written.get(20, SECONDS)).block();
        assertThat(settled).containsExactly("under way");
        assertThat(limiter.ended(Ending.GONE)).isOne();
        assertThat(text.refCnt()).isZero();
    }

    @Test
    void whatAHandlerThrowsIsNotThrownAtTheFrontDoor() throws Exception {
        EarlyExchange exchange =
                begun(
                        (request, response) -> {
                            throw new InternalError("meant");
                        });
        onLoop(
                () -> {
                    assertThat(exchange.isAnswered()).isFalse();
                    exchange.abandon();
                    return null;
                });

        assertThat(body.refCnt()).isOne();
    }

    @Test
    void whoeverWaitsForReactorNettyIsToldOfTheEnd() throws Exception {
        CompletableFuture<Object> asked = new CompletableFuture<>();
        EarlyExchange exchange =
                begun(
                        (request, response) -> {
                            Thread asking = new Thread(() -> ask(response, asked));
                            asking.start();
                            await().until(() -> asking.getState() == Thread.State.WAITING);
                            return answer(response);
                        });
        onLoop(exchange::end).release();

        assertThat(asked.get(20, SECONDS))
                .isInstanceOf(IllegalStateException.class)
                .hasToString(
                        "java.lang.IllegalStateException:"
                                + " exchange: over (expected: asked for before its end)");
        assertThat(body.refCnt()).isOne();
    }

    private static void ask(ServerHttpResponse response, CompletableFuture<Object> asked) {
        try {
            asked.complete(ServerHttpResponseDecorator.<Object>getNativeResponse(response));
        } catch (Throwable ex) {
            asked.complete(ex);
        }
    }

    /** Passes nothing on, and notes what there is to settle. */
    private record Nowhere(List<String> settled) implements EarlyCall.Onward {

        @Override
        public void pass() {}

        @Override
        public void settle(EarlyCall call) {
            boolean answered = call.isAnswered();
            settled.add(answered ? "answered" : call.isUnderWay() ? "under way" : "passed on");
        }

        @Override
        public void expired(EarlyCall call, FullHttpResponse answer) {
            settled.add("expired");
        }

        @Override
        public InboundGate gate() {
            throw new AssertionError("the call has left its event loop");
        }
    }
}
