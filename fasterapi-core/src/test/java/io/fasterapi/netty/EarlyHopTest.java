package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.Ending;
import io.fasterapi.codec.AnswerSizes;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Early requests whose handler runs on a core: what becomes of them there, and on the way. */
@Timeout(60)
class EarlyHopTest {

    private static final int SLOTS = 64;
    private static final String PLAIN = RawClient.get("/plain");
    private static final String HELD = RawClient.get("/held");

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger cancelled = new AtomicInteger();
    private final List<String> threads = new ArrayList<>(); // one core runs all
    private final WiredServer server =
            new WiredServer(
                    FastRoutes.builder()
                            .get("/plain", Placement.CORE, this::plain)
                            .get("/held", Placement.CORE, this::held)
                            .get("/later", Placement.CORE, this::later));

    @BeforeEach
    void makeTheHostKnown() throws IOException {
        assertThat(exchange(PLAIN)).endsWith("plain");
        assertThat(server.door.servedCount()).isZero();
    }

    private String exchange(String request) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(request);
            return client.receive();
        }
    }

    private Channel lastChannel() {
        return server.wire.channels.get(server.wire.channels.size() - 1);
    }

    private void plain(FastRequest request, FastResponse response) {
        threads.add(Thread.currentThread().getName());
        response.text("plain");
    }

    private void held(FastRequest request, FastResponse response) throws InterruptedException {
        ((BufferedResponse) response).onCancel(cancelled::incrementAndGet);
        entered.countDown();
        release.await();
        response.text("held");
    }

    private void later(FastRequest request, FastResponse response) throws InterruptedException {
        ((BufferedResponse) response.async()).onCancel(cancelled::incrementAndGet);
        entered.countDown();
        release.await();
    }

    @AfterEach
    void stop() {
        release.countDown();
        await().until(() -> server.limiter.count() == 0);
        await().until(() -> server.usedBytes() == 0);
        server.close();
    }

    @Test
    void itsHandlerRunsOnACore() throws IOException {
        assertThat(exchange(PLAIN)).endsWith("plain");
        assertThat(threads).hasSize(2).allMatch(name -> name.startsWith("wired-core-"));
        assertThat(server.door.servedCount()).isOne();
    }

    /** Its client is told nothing, what it brings later is given back, and it is counted out. */
    @Test
    void aClientThatGoesCancelsIt() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(HELD);
            entered.await();
            client.reset();
        }
        await().until(() -> server.limiter.ended(Ending.GONE) == 1);
        assertThat(cancelled).hasValue(1);
        assertThat(server.recorded).endsWith(RouteRecorder.STATUS_UNKNOWN);
        release.countDown();
        assertThat(exchange(PLAIN)).endsWith("plain");
        assertThat(server.door.servedCount()).isOne();
    }

    /** Its handler has returned by then, and the connection is closed, but has not been told. */
    @Test
    void aConnectionThatIsClosedAsItComesBackCancelsIt() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.get("/later"));
            entered.await();
            Channel channel = lastChannel();
            SingleThreadEventExecutor loop = (SingleThreadEventExecutor) channel.eventLoop();
            loop.submit(() -> {}).sync();
            loop.submit(
                            () -> {
                                release.countDown();
                                await().until(() -> loop.pendingTasks() > 0);
                                channel.close();
                            })
                    .sync();
            await().until(() -> server.limiter.ended(Ending.GONE) == 1);
            assertThat(cancelled).hasValue(1);
        }
    }

    /** What follows on its connection waits for it, also what ends the connection. */
    @Test
    void whatFollowsWaits() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(HELD + PLAIN + Doors.LAST);
            entered.await();
            lastChannel().eventLoop().submit(() -> {}).sync(); // all is read
            release.countDown();
            assertThat(client.receive()).endsWith("held");
            assertThat(client.receive()).endsWith("plain");
            assertThat(client.textToTheEnd()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(server.door.servedCount()).isEqualTo(2);
    }

    /** The one core is held and its ring is full: the rest is refused at once, on its loop. */
    @Test
    void whatFindsNoRoomIsRefused() throws Exception {
        List<RawClient> waiting = new ArrayList<>();
        try (RawClient refused = new RawClient(server.port())) {
            for (int i = 1; i <= SLOTS; i++) {
                RawClient client = new RawClient(server.port());
                waiting.add(client);
                client.send(HELD);
                int begun = i + 1;
                await().until(() -> server.limiter.begun() == begun);
            }
            refused.send(HELD);
            assertThat(refused.receive()).startsWith("HTTP/1.1 503 ").contains("retry-after: ");
            refused.send(HELD);
            assertThat(refused.receive()).startsWith("HTTP/1.1 503 ");
            assertThat(server.limiter.ended(Ending.REFUSED)).isEqualTo(2);

            release.countDown();
            for (RawClient client : waiting) {
                assertThat(client.receive()).endsWith("held");
            }
            assertThat(server.door.servedCount()).isEqualTo(SLOTS);
            assertThat(server.door.refusedCount()).isEqualTo(2);
        } finally {
            for (RawClient client : waiting) {
                client.close();
            }
        }
    }

    /** A shutdown that meets it waits for its answer. */
    @Test
    void aShutdownWaitsForIt() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(HELD);
            entered.await();
            server.graceful.shuttingDown(true);
            Channel channel = lastChannel();
            channel.eventLoop().submit(() -> channel.close()).sync();
            assertThat(channel.isActive()).isTrue();

            release.countDown();
            assertThat(client.receive()).endsWith("held");
            server.graceful.awaitClosed(Duration.ofSeconds(20));
            assertThat(client.textToTheEnd()).isEmpty();
        }
    }

    /** Its hand-over has failed, though a worker has it: the connection goes on without it. */
    @Test
    void whatHasNotLeftDoesNotComeBack() {
        Route route = FastRoutes.builder().get("/plain", this::plain).build().routes().get(0);
        RoutePlacement placement = RoutePlacement.fixed("GET /plain", Placement.CORE);
        HttpRequest request =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/plain");
        EmbeddedChannel channel = new EmbeddedChannel();
        HandlerCores stopped =
                new HandlerCores(new CoreOptions(1, 2, WaitMode.PARK, false, "stopped-"));
        Workers workers =
                new Workers(stopped, ThreadWorkers.pooled(), Admission.of(server.limiter));
        FrontExchange exchange =
                new FrontExchange(
                        new RouteState(route, placement, new AnswerSizes(), RouteRecorder.none()),
                        Placement.CORE,
                        Admission.of(server.limiter).permit(placement.load(), request.headers()),
                        new DirectRequest(
                                request, route, new String[0], new TinyJson(), new byte[0], null),
                        channel,
                        new DirectMeans(workers, BodyWriters.of(new TinyJson())));
        Noting connection = new Noting();
        exchange.begin(connection);
        exchange.abort(new IllegalStateException("meant"));
        exchange.abort(new IllegalStateException("meant again"));
        channel.runPendingTasks();
        assertThat(connection.open).isZero();
        exchange.cancel();
    }

    /** A connection that counts what has left. */
    private static final class Noting extends CountingGate implements EarlyCall.Onward {

        @Override
        public void pass() {}

        @Override
        public void settle(EarlyCall call) {}

        @Override
        public void expired(EarlyCall call, FullHttpResponse answer) {}

        @Override
        public InboundGate gate() {
            return this;
        }
    }
}
