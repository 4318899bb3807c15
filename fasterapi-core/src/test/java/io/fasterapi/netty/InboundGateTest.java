package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a client sends while a core works for it stays in the socket. */
class InboundGateTest {

    private static final int ROUNDS = 20;
    private static final int ONE_READ = 64 * 1024;
    private static final String HELD =
            "POST /held HTTP/1.1\r\nhost: test\r\ncontent-length: 4\r\n\r\nbody";
    private static final byte[] OPEN =
            ("GET /open HTTP/1.1\r\nhost: test\r\nx-long: " + "x".repeat(4_000) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
    private static final String LAST =
            "GET /open HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n";

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void nothingMoreIsReadWhileSomethingWaits() throws Exception {
        FastRoutes.Builder routes =
                FastRoutes.builder()
                        .get("/open", (req, res) -> res.text("open"))
                        .post(
                                "/held",
                                Placement.CORE,
                                (req, res) -> {
                                    entered.countDown();
                                    release.await();
                                    res.text("held");
                                });
        try (WiredServer server = new WiredServer(routes);
                RawClient other = new RawClient(server.port());
                SocketChannel client =
                        SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()))) {
            client.write(ByteBuffer.wrap(HELD.getBytes(StandardCharsets.US_ASCII)));
            entered.await();
            long before = server.wire.received();
            client.configureBlocking(false);
            ByteBuffer request = ByteBuffer.wrap(OPEN).flip();
            int requests = 0;
            for (int i = 0; i < ROUNDS; i++) {
                requests += sendUntilFull(client, request);
                other.send(RawClient.get("/open")); // the event loop has come round then
                assertThat(other.receive()).endsWith("open");
            }
            long others = ROUNDS * (long) RawClient.get("/open").length();
            assertThat((long) requests * OPEN.length).isGreaterThan(2 * ONE_READ);
            assertThat(server.wire.received() - before - others).isBetween(1L, (long) ONE_READ);

            release.countDown();
            assertThat(answers(client, request)).isEqualTo(requests + 1);
            await().until(() -> server.limiter.count() == 0);
        } finally {
            release.countDown();
        }
    }

    /** Sends as much as the sockets take, a megabyte at most; returns how many requests began. */
    private static int sendUntilFull(SocketChannel client, ByteBuffer request) throws IOException {
        int began = 0;
        while (began * OPEN.length < 1_000_000) {
            if (!request.hasRemaining()) {
                request.clear();
                began++;
            }
            if (client.write(request) == 0) {
                return began;
            }
        }
        return began;
    }

    /**
     * Sends the rest and a last request; returns how many requests of the open route were answered.
     */
    private static int answers(SocketChannel client, ByteBuffer rest) throws IOException {
        client.configureBlocking(true);
        client.write(rest);
        client.write(ByteBuffer.wrap(LAST.getBytes(StandardCharsets.US_ASCII)));
        byte[] all = client.socket().getInputStream().readAllBytes();
        String text = new String(all, StandardCharsets.US_ASCII);
        assertThat(text).contains("held");
        return text.split("\r\n\r\nopen", -1).length - 1;
    }
}
