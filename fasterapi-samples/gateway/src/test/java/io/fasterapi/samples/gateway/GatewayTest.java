package io.fasterapi.samples.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.testing.Upstream;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.resources.LoopResources;

/** A gateway's outgoing connections are on the event loops of the server. */
class GatewayTest {

    private static final int LOOPS = 3;
    private static final int CONNECTIONS = 6;
    private static final int ROUNDS = 10;
    private static final String[] TARGETS = {
        "/api/small",
        "/api/once",
        "/api/big",
        "/api/long",
        "/api/sse",
        "/api/broken",
        "/api/nothing",
        "/other"
    };

    private final Upstream upstream = new Upstream();

    @AfterEach
    void closeUpstream() {
        upstream.close();
    }

    private RunningApplication start(String... properties) {
        return start(List.of(GatewayApplication.class, Loops.class), properties);
    }

    private RunningApplication start(List<Class<?>> sources, String... properties) {
        List<String> all = new ArrayList<>();
        all.add("fasterapi.placement.default=auto");
        all.addAll(List.of(properties));
        all.add("upstream=" + upstream.url());
        all.add("fasterapi.io.threads=" + LOOPS);
        return RunningApplication.start(sources, all.toArray(String[]::new));
    }

    /** A request that is relayed inline is never on a core. */
    @ParameterizedTest
    @CsvSource({"auto, 0", "core, 60"})
    void theyAreOnTheLoopsOfTheServer(String placement, int published) throws IOException {
        try (RunningApplication application = start("fasterapi.placement.default=" + placement)) {
            application.spread("/api/small", CONNECTIONS, ROUNDS);
            assertThat(application.bean(Loops.class).thread).startsWith("fasterapi-io-");
            assertThat(upstream.connections()).hasSizeLessThanOrEqualTo(LOOPS); // they are reused
            assertThat(application.published()).isEqualTo(published);
        }
    }

    /** The upstream closes each connection, so each request needs a new one. */
    @Test
    void aNewOneIsOnTheLoopOfItsRequest() throws IOException {
        try (RunningApplication application = start()) {
            application.spread("/api/once", CONNECTIONS, ROUNDS);
            Loops loops = application.bean(Loops.class);
            assertThat(loops.same).hasValue(CONNECTIONS * ROUNDS);
            assertThat(loops.other).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fasterapi.io.clients=false", "fasterapi.enabled=false"})
    void switchedOffTheyAreWhereStockHasThem(String property) throws IOException {
        try (RunningApplication application = start(property)) {
            application.spread("/api/small", CONNECTIONS, ROUNDS);
            assertThat(application.bean(Loops.class).thread).startsWith("reactor-http-");
        }
    }

    @Test
    void theLimitOfThePoolHoldsForAllLoops() throws IOException {
        try (RunningApplication application =
                start(
                        "spring.cloud.gateway.server.webflux.httpclient.pool.type=fixed",
                        "spring.cloud.gateway.server.webflux.httpclient.pool.max-connections=1")) {
            application.spread("/api/small", CONNECTIONS, ROUNDS);
            assertThat(application.bean(Loops.class).thread).startsWith("fasterapi-io-");
            assertThat(upstream.connections()).hasSize(1);
        }
    }

    @Test
    void ownLoopsOfTheApplicationWin() throws IOException {
        try (RunningApplication application =
                start(List.of(GatewayApplication.class, Loops.class, OwnLoops.class))) {
            application.spread("/api/small", CONNECTIONS, ROUNDS);
            assertThat(application.bean(Loops.class).thread).startsWith("own-loops-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "core"})
    void answersEqualStock(String placement) throws IOException {
        try (RunningApplication stock = start("fasterapi.enabled=false");
                RunningApplication ours = start("fasterapi.placement.default=" + placement)) {
            for (String target : TARGETS) {
                assertThat(ours.get(target).comparable())
                        .as(target)
                        .isEqualTo(stock.get(target).comparable());
            }
        }
    }

    /** What is on its way is a small part of the whole. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "core"})
    void aLongAnswerNeedsLittleMemory(String placement) throws IOException {
        PooledByteBufAllocatorMetric memory = PooledByteBufAllocator.DEFAULT.metric();
        try (RunningApplication application = start("fasterapi.placement.default=" + placement);
                RawConnection connection = application.connect()) {
            application.get("/api/big");
            long before = memory.usedDirectMemory();
            connection.send(RawConnection.request("GET", "/api/huge"));
            while (!connection.line().isEmpty()) {
                continue; // the head
            }
            for (int i = 0; i < 100; i++) {
                byte[] part = connection.bytes(Upstream.HUGE / 100);
                assertThat(part).containsOnly("0123456789".getBytes(US_ASCII));
                assertThat(memory.usedDirectMemory() - before).isLessThan(Upstream.HUGE / 4);
            }
            assertThat(application.bean(Loops.class).thread).startsWith("fasterapi-io-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "core"})
    void webSocketsEqualStock(String placement) {
        try (RunningApplication stock = start("fasterapi.enabled=false");
                RunningApplication ours = start("fasterapi.placement.default=" + placement)) {
            assertThat(echoed(ours))
                    .isEqualTo(echoed(stock))
                    .containsExactly("0", "1", "2", "3", "4");
        }
    }

    private static List<String> echoed(RunningApplication application) {
        List<String> received = new CopyOnWriteArrayList<>();
        URI uri = URI.create("ws://127.0.0.1:" + application.port() + "/api/echo");
        new ReactorNettyWebSocketClient()
                .execute(
                        uri,
                        session ->
                                session.send(Flux.range(0, 5).map(i -> session.textMessage("" + i)))
                                        .thenMany(
                                                session.receive()
                                                        .take(5)
                                                        .map(WebSocketMessage::getPayloadAsText)
                                                        .doOnNext(received::add))
                                        .then())
                .block(Duration.ofSeconds(20));
        return received;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "core"})
    void hangUpsReachTheUpstream(String placement) throws Exception {
        try (RunningApplication application = start("fasterapi.placement.default=" + placement)) {
            try (RawConnection connection = application.connect()) {
                connection.send(RawConnection.request("GET", "/api/endless"));
                while (!connection.line().isEmpty()) {
                    continue; // the head
                }
                assertThat(connection.chunk()).isNotEmpty();
                connection.reset();
            }
            assertThat(upstream.awaitHangUp()).isTrue();
        }
    }

    /** Counts the outgoing connections that are on the event loop of their request. */
    @Configuration(proxyBeanMethods = false)
    static class Loops implements GlobalFilter, Ordered {

        final AtomicInteger same = new AtomicInteger();
        final AtomicInteger other = new AtomicInteger();
        volatile String thread = "";

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
            ChannelOperations<?, ?> operations =
                    ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
            EventLoop loop = operations.channel().eventLoop();
            return chain.filter(exchange)
                    .then(
                            Mono.fromRunnable(
                                    () -> {
                                        Connection outgoing =
                                                exchange.getAttribute(
                                                        ServerWebExchangeUtils
                                                                .CLIENT_RESPONSE_CONN_ATTR);
                                        if (outgoing != null) { // it is no WebSocket
                                            boolean isSame = outgoing.channel().eventLoop() == loop;
                                            (isSame ? same : other).incrementAndGet();
                                        }
                                        thread = Thread.currentThread().getName();
                                    }));
        }

        /** Behind the filter that writes the answer, on the thread of the outgoing connection. */
        @Override
        public int getOrder() {
            return 0;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnLoops {

        @Bean
        LoopResources ownLoops() {
            return LoopResources.create("own-loops", 1, true);
        }

        @Bean
        HttpClientCustomizer ownCustomizer(LoopResources ownLoops) {
            return client -> client.runOn(ownLoops);
        }
    }
}
