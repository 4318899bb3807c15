package io.fasterapi.core;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * As many exchanges as are admitted, all on one core that is held: what comes back to it is bounded
 * by their number, however much their clients send or ask for, and one more is refused.
 */
class ContinuationBoundChaosTest {

    private static final int ADMITTED = 12;

    /**
     * What a stream that is sent may leave: more is asked for, its writing has ended, and it is
     * cancelled, by its writer and by each who learns that the connection is lost.
     */
    private static final int OF_A_STREAM = 6;

    /** The server measures once what a hop costs. */
    private static final int MEASUREMENT = 1;

    /** Fewer than are under way to a core at once, or the event loop would stop to read. */
    private static final int PIECES = 20;

    private static final String EVENT = "event ".repeat(3_000);

    private RunningApplication application;
    private Endpoints endpoints;
    private HandlerCore core;
    private final List<RawConnection> clients = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);

    private void start(String placement) {
        application =
                RunningApplication.start(
                        Endpoints.class,
                        "fasterapi.cores.count=1",
                        "fasterapi.placement.default=" + placement,
                        "fasterapi.fast-lane.controllers=off",
                        "fasterapi.watchdog.enabled=false",
                        "fasterapi.admission.max-in-flight=" + ADMITTED);
        endpoints = application.bean(Endpoints.class);
        core = application.bean(HandlerCores.class).cores().get(0);
    }

    @AfterEach
    void stop() throws IOException {
        release.countDown();
        endpoints.unblock.countDown();
        for (RawConnection each : clients) {
            each.close();
        }
        application.close();
    }

    private void connect(String request) throws IOException {
        for (int i = 0; i < ADMITTED; i++) {
            RawConnection client = application.connect();
            clients.add(client);
            client.send(request);
        }
    }

    private void begin(String request) throws IOException {
        connect(request);
        await().until(() -> endpoints.begun.get() == ADMITTED);
    }

    private void hold() {
        CountDownLatch held = new CountDownLatch(1);
        core.execute(
                () -> {
                    held.countDown();
                    awaitQuietly(release);
                });
        await().until(() -> held.getCount() == 0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertOneMoreIsRefused() throws IOException {
        ConcurrencyLimiter limiter = application.bean(ConcurrencyLimiter.class);
        long before = limiter.ended(Ending.REFUSED);
        assertThat(limiter.count()).isEqualTo(ADMITTED);
        assertThat(application.get("/stream").status()).isEqualTo(503);
        assertThat(limiter.ended(Ending.REFUSED)).isEqualTo(before + 1);
    }

    @Test
    void bodiesThatArriveLeaveOneContinuationEach() throws IOException {
        start("core");
        begin(request("POST", "/count", "Content-Length: " + PIECES));
        hold();
        int before = endpoints.reads.get();
        for (int i = 1; i <= PIECES; i++) {
            for (RawConnection each : clients) {
                each.send("x");
            }
            int soFar = before + i * ADMITTED;
            await().pollInterval(Duration.ofMillis(1)).until(() -> endpoints.reads.get() >= soFar);
        }
        await().until(() -> core.queue().continuations() >= ADMITTED);
        assertThat(core.queue().continuations()).isBetween(ADMITTED, ADMITTED + MEASUREMENT);
        assertOneMoreIsRefused();

        release.countDown();
        for (RawConnection each : clients) {
            assertThat(each.read().text()).isEqualTo("" + PIECES);
        }
        application.awaitIdle();
    }

    @Test
    void streamsThatAreSentLeaveAFewEachAlsoWhenTheirClientsGo() throws IOException {
        start("core");
        begin(request("GET", "/stream"));
        await().until(() -> endpoints.full() == ADMITTED); // what is reset is seen then
        hold();
        assertOneMoreIsRefused();
        for (RawConnection each : clients) {
            each.reset();
        }
        await().until(() -> application.bean(ConcurrencyLimiter.class).count() == 0);
        assertThat(core.queue().continuations())
                .isBetween(ADMITTED, OF_A_STREAM * ADMITTED + MEASUREMENT);

        release.countDown();
        await().until(() -> endpoints.cancelled.get() == ADMITTED);
        await().until(() -> core.queue().continuations() == 0);
        application.awaitIdle();
    }

    /** Each has a thread, or waits for one of a pool. */
    @Test
    void noMoreWaitForThreadsThanAreAdmitted() throws IOException {
        start("virtual");
        connect(request("GET", "/block"));
        ThreadWorkers threads = application.bean(ServerParts.class).workers().threads();
        await().until(() -> threads.running() == ADMITTED);
        assertOneMoreIsRefused();
        assertThat(threads.running()).isEqualTo(ADMITTED);

        endpoints.unblock.countDown();
        for (RawConnection each : clients) {
            assertThat(each.read().text()).isEqualTo("done");
        }
        await().until(() -> threads.running() == 0);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Endpoints {

        final AtomicInteger begun = new AtomicInteger();
        final AtomicInteger cancelled = new AtomicInteger();
        final AtomicInteger reads = new AtomicInteger();
        final CountDownLatch unblock = new CountDownLatch(1);
        private final List<Channel> channels = new CopyOnWriteArrayList<>();

        /** Counts the connections whose clients read too little. */
        long full() {
            return channels.stream()
                    .filter(channel -> channel.isActive() && !channel.isWritable())
                    .count();
        }

        @GetMapping("/block")
        String block() {
            awaitQuietly(unblock);
            return "done";
        }

        @PostMapping("/count")
        Mono<String> count(@RequestBody Flux<DataBuffer> body) {
            return body.doOnSubscribe(subscription -> begun.incrementAndGet())
                    .map(
                            buffer -> {
                                int bytes = buffer.readableByteCount();
                                DataBufferUtils.release(buffer);
                                return bytes;
                            })
                    .reduce(0, Integer::sum)
                    .map(String::valueOf);
        }

        @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<String> stream() {
            return Flux.range(0, Integer.MAX_VALUE)
                    .map(i -> EVENT)
                    .doOnSubscribe(subscription -> begun.incrementAndGet())
                    .doOnCancel(cancelled::incrementAndGet);
        }

        /** Counts the reads of all connections. */
        @Bean
        NettyServerCustomizer countsReads() {
            Reads counting = new Reads(reads);
            return server ->
                    server.doOnChannelInit(
                            (observer, channel, address) -> {
                                channels.add(channel);
                                channel.pipeline().addFirst(counting);
                            });
        }
    }

    @ChannelHandler.Sharable
    private static final class Reads extends ChannelInboundHandlerAdapter {

        private final AtomicInteger reads;

        Reads(AtomicInteger reads) {
            this.reads = reads;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            reads.incrementAndGet();
            ctx.fireChannelRead(msg);
        }
    }
}
