package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.fasterapi.admission.Ending;
import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteRecorder;
import io.netty.channel.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Early requests that another thread answers, later than their handler has returned or not. */
@Timeout(60)
@ParameterizedClass
@EnumSource(value = Placement.class, names = "AUTO", mode = EXCLUDE)
class EarlyLateTest {

    private static final String PLAIN = RawClient.get("/plain");
    private static final String LATE = RawClient.get("/late");
    private static final String JOINED = RawClient.get("/joined");
    private static final Duration FOR_EVER = Duration.ofDays(1);

    @Parameter Placement placement;

    private final BlockingQueue<FastResponse> held = new LinkedBlockingQueue<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private WiredServer server;

    @BeforeEach
    void start() throws IOException {
        server = new WiredServer(routes());
        makeTheHostKnown(server);
    }

    private FastRoutes.Builder routes() {
        return FastRoutes.builder()
                .get("/plain", Placement.INLINE, (req, res) -> res.text("plain"))
                .get("/late", placement, this::hold)
                .get("/joined", placement, EarlyLateTest::joined)
                .post("/late", placement, this::hold);
    }

    private static void makeTheHostKnown(WiredServer server) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(PLAIN);
            assertThat(client.receive()).endsWith("plain");
        }
        assertThat(server.door.servedCount()).isZero();
    }

    private void hold(FastRequest request, FastResponse response) {
        ((BufferedResponse) response).onCancel(cancelled::incrementAndGet);
        held.add(response.async());
    }

    /** Another thread answers while the handler waits for that. */
    private static void joined(FastRequest request, FastResponse response) {
        FastResponse later = response.async();
        CompletableFuture.runAsync(() -> later.text("joined")).join();
    }

    private Channel lastChannel() {
        return server.wire.channels.get(server.wire.channels.size() - 1);
    }

    /** Sends what the server has read when this returns. */
    private void send(RawClient client, String text) throws Exception {
        long before = server.wire.received();
        client.send(text);
        await().until(() -> server.wire.received() == before + text.length());
        lastChannel().eventLoop().submit(() -> {}).sync();
    }

    @AfterEach
    void stop() {
        await().until(() -> server.limiter.count() == 0);
        await().until(() -> server.usedBytes() == 0);
        server.close();
    }

    @Test
    void itsAnswerNeedsNothingOfReactorNetty() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            for (int i = 0; i < 3; i++) {
                client.send(LATE);
                held.take().text("late");
                assertThat(client.receive()).endsWith("late");
                client.send(JOINED);
                assertThat(client.receive()).endsWith("joined");
                client.send("POST /late HTTP/1.1\r\nhost: test\r\ncontent-length: 4\r\n\r\nbody");
                held.take().text("posted");
                assertThat(client.receive()).endsWith("posted");
            }
        }
        assertThat(server.door.servedCount()).isEqualTo(9);
        assertThat(server.recorded).hasSize(10).containsOnly(200);
    }

    /** As on Reactor Netty, which has read them by then. */
    @Test
    void whatHadArrivedIsReactorNettys() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(LATE + PLAIN + LATE + PLAIN);
            FastResponse first = held.take();
            first.text("first");
            assertThat(client.receive()).endsWith("first");
            assertThat(client.receive()).endsWith("plain");
            held.take().text("second");
            assertThat(client.receive()).endsWith("second");
            assertThat(client.receive()).endsWith("plain");
        }
        assertThat(server.door.servedCount()).isZero();
    }

    /** Also if its answer was there before: it is another thread's. */
    @Test
    void whatHadArrivedComesBeforeAnAnswerThatIsThere() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(JOINED + PLAIN);
            assertThat(client.receive()).endsWith("joined");
            assertThat(client.receive()).endsWith("plain");
        }
        assertThat(server.door.servedCount()).isZero();
    }

    @Test
    void whatArrivesLaterMakesItReactorNettys() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(LATE);
            FastResponse first = held.take();
            send(client, PLAIN);
            first.text("first");
            assertThat(client.receive()).endsWith("first");
            assertThat(client.receive()).endsWith("plain");
        }
        assertThat(server.door.servedCount()).isZero();
    }

    /** Whatever is no plain answer is. */
    @Test
    void aLateFailureIsAnsweredAsAlways() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(LATE);
            held.take().fail(new IllegalStateException("meant"));
            assertThat(client.receive()).startsWith("HTTP/1.1 500 ");
            client.send(PLAIN);
            assertThat(client.receive()).endsWith("plain");
        }
        assertThat(server.door.servedCount()).isOne();
    }

    /** What it brings later is given back, and it is counted out once. */
    @Test
    void aClientThatGoesCancelsIt() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(LATE);
            FastResponse response = held.take();
            client.reset();
            await().until(() -> cancelled.get() == 1);
            response.text("late");
        }
        await().until(() -> server.limiter.ended(Ending.GONE) == 1);
        assertThat(server.recorded).containsExactly(200, RouteRecorder.STATUS_UNKNOWN);
        assertThat(server.door.servedCount()).isZero();
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aShutdownWaitsForIt() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(LATE);
            FastResponse response = held.take();
            shutDown();
            response.text("late");
            assertThat(client.receive()).endsWith("late");
            server.graceful.awaitClosed(FOR_EVER);
            assertThat(client.textToTheEnd()).isEmpty();
        }
        assertThat(server.door.servedCount()).isOne();
    }

    /** Also when it goes on to Reactor Netty meanwhile. */
    @Test
    void aShutdownWaitsForItThere() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(LATE);
            FastResponse response = held.take();
            shutDown();
            send(client, PLAIN);
            assertThat(lastChannel().isActive()).isTrue();
            response.text("late");
            assertThat(client.receive()).endsWith("late");
            server.graceful.awaitClosed(FOR_EVER);
            client.receiveToTheEnd();
        }
    }

    @Test
    void aShutdownDoesNotWaitForAClientThatHasGone() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(LATE);
            held.take();
            shutDown();
            client.reset();
            server.graceful.awaitClosed(FOR_EVER);
        }
        await().until(() -> server.limiter.ended(Ending.GONE) == 1);
    }

    private void shutDown() throws Exception {
        server.graceful.shuttingDown(true);
        Channel channel = lastChannel();
        channel.eventLoop().submit(() -> channel.close()).sync();
        assertThat(channel.isActive()).isTrue();
    }

    /** Its handler knows of no request that Reactor Netty does not. */
    @Test
    void whereAConnectionMayBeIdleForTooLongItIsReactorNettys() throws Exception {
        try (WiredServer watched =
                        new WiredServer(
                                routes(),
                                more -> {},
                                plain -> plain.idleTimeout(WiredServer.LONG));
                RawClient client = new RawClient(watched.port())) {
            makeTheHostKnown(watched);
            client.send(LATE);
            held.take().text("late");
            assertThat(client.receive()).endsWith("late");
            assertThat(watched.door.servedCount()).isZero();
        }
    }
}
