package io.fasterapi.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** What a shutdown waits for before its event loops may stop. */
class GracefulCloseTest {

    private final GracefulClose gracefulClose = new GracefulClose();
    private final AtomicReference<EventLoop> loop = new AtomicReference<>();
    private final CountDownLatch occupied = new CountDownLatch(1);
    private DisposableServer server;

    @BeforeEach
    void connect() throws IOException {
        server =
                gracefulClose
                        .addTo(HttpServer.create().host("127.0.0.1").port(0))
                        .doOnConnection(connection -> loop.set(connection.channel().eventLoop()))
                        .handle((request, response) -> response.sendString(Mono.just("ok")))
                        .bindNow();
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.get("/"));
            assertThat(client.head()).startsWith("HTTP/1.1 200");
        }
    }

    @AfterEach
    void stop() {
        occupied.countDown();
        server.disposeNow();
    }

    @Test
    void waitsForWhatTheEventLoopsWereGivenBefore() throws Exception {
        AtomicBoolean written = new AtomicBoolean();
        occupyLoop();
        loop.get().execute(() -> written.set(true));
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        Thread waiter =
                new Thread(
                        () -> {
                            try {
                                gracefulClose.awaitLoops(Duration.ofSeconds(60));
                                seen.complete(written.get());
                            } catch (InterruptedException ex) {
                                seen.completeExceptionally(ex);
                            }
                        });
        waiter.start();
        await().atMost(20, SECONDS)
                .until(() -> seen.isDone() || waiter.getState() == Thread.State.TIMED_WAITING);
        occupied.countDown();
        assertThat(seen.get(20, SECONDS)).isTrue();
    }

    /** A loop that does not come back holds up the shutdown no longer than it may. */
    @Test
    void waitsNoLongerThanItMay() throws Exception {
        occupyLoop();
        gracefulClose.awaitLoops(Duration.ofMillis(50));
        assertThat(occupied.getCount()).isOne();
    }

    private void occupyLoop() {
        loop.get()
                .execute(
                        () -> {
                            try {
                                occupied.await();
                            } catch (InterruptedException ex) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }
}
