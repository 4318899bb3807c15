package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are longer than a buffer, in either direction. */
class StreamingTest {

    private static final int MEGABYTE = 1 << 20;

    /** More than the buffers of both sockets can ever hold. */
    private static final int MUCH = 96 * MEGABYTE;

    private RunningApplication application;

    @BeforeEach
    void start() {
        application =
                RunningApplication.start(
                        StreamingApplication.class,
                        "fasterapi.cores.count=2",
                        "logging.level.org.springframework.web.server.adapter=off",
                        "logging.level.reactor.netty.http.server=off");
    }

    @AfterEach
    void stop() {
        application.awaitIdle();
        application.close();
    }

    private StreamingApplication state() {
        return application.bean(StreamingApplication.class);
    }

    @Test
    void serverSentEvents() throws IOException {
        Answer answer =
                application.exchange(request("GET", "/events", "Accept: text/event-stream"));
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        assertThat(answer.text())
                .isEqualTo(
                        IntStream.range(0, 200)
                                .mapToObj(i -> "id:" + i + "\ndata:event " + i + "\n\n")
                                .collect(Collectors.joining()));
        assertThat(state().threads).singleElement().asString().startsWith("fasterapi-core-");
    }

    @Test
    void eventsAreSerialisedOnTheCore() throws IOException {
        Answer answer =
                application.exchange(request("GET", "/objects", "Accept: text/event-stream"));
        assertThat(answer.text().split("\n\n"))
                .hasSize(50)
                .allMatch(event -> event.startsWith("data:{\"thread\":\"fasterapi-core-"));
    }

    @Test
    void eventsAreSentWhenTheyHappen() throws IOException {
        try (RawConnection connection = application.connect()) {
            connection.send(request("GET", "/ticks", "Accept: text/event-stream"));
            await().atMost(20, SECONDS).until(() -> state().ticks.currentSubscriberCount() == 1);
            for (int i = 0; i < 3; i++) {
                state().ticks.tryEmitNext("tick " + i).orThrow();
                if (i == 0) {
                    skipHead(connection);
                }
                assertThat(chunk(connection)).isEqualTo("data:tick " + i + "\n\n");
            }
            state().ticks.tryEmitComplete().orThrow();
            assertThat(connection.chunk()).isEmpty();
        }
    }

    /** From a core the head takes a hop, which a failure must not use to overtake the element. */
    @ParameterizedTest
    @ValueSource(strings = {"/broken-events", "/broken-bytes"})
    void whatCameBeforeAFailureIsSent(String path) throws IOException {
        for (int i = 0; i < 50; i++) {
            try (RawConnection connection = application.connect()) {
                connection.send(request("GET", path));
                assertThat(connection.line()).isEqualTo("HTTP/1.1 200 OK");
                skipHead(connection);
                assertThat(new String(connection.chunk(), StandardCharsets.UTF_8))
                        .contains("fasterapi-core-");
                assertThatThrownBy(() -> chunk(connection)).isInstanceOf(IOException.class);
            }
        }
    }

    private static void skipHead(RawConnection connection) throws IOException {
        String line = connection.line();
        while (!line.isEmpty()) {
            line = connection.line();
        }
    }

    private static String chunk(RawConnection connection) throws IOException {
        StringBuilder event = new StringBuilder();
        while (!event.toString().endsWith("\n\n")) {
            event.append(new String(connection.chunk(), StandardCharsets.UTF_8));
        }
        return event.toString();
    }

    @Test
    void multipartUploadOfFiveMegabytes() throws IOException {
        byte[] file = random(5 * MEGABYTE);
        String start =
                "--cut\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nlarge\r\n"
                        + "--cut\r\nContent-Disposition: form-data; name=\"file\";"
                        + " filename=\"f.bin\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n";
        String end = "\r\n--cut--\r\n";
        int length = start.length() + file.length + end.length();
        try (RawConnection connection = application.connect()) {
            connection.send(
                    request(
                            "POST",
                            "/upload",
                            "Content-Type: multipart/form-data; boundary=cut",
                            "Content-Length: " + length));
            connection.send(start);
            connection.send(file);
            connection.send(end);
            assertThat(connection.read().text())
                    .isEqualTo("large f.bin " + file.length + " " + Arrays.hashCode(file));
        }
    }

    @Test
    void largeBodyIsEchoedWhileItArrives() throws IOException, InterruptedException {
        byte[] body = random(3 * MEGABYTE);
        try (RawConnection connection = application.connect()) {
            Thread sender = new Thread(() -> sendQuietly(connection, body));
            sender.start();
            Answer answer = connection.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(body);
            sender.join();
        }
    }

    private static void sendQuietly(RawConnection connection, byte[] body) {
        try {
            connection.send(
                    request(
                            "POST",
                            "/echo",
                            "Content-Type: application/octet-stream",
                            "Content-Length: " + body.length));
            connection.send(body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A handler that asks for nothing stops the client, and goes on where it stopped. */
    @Test
    void slowReadersStopTheSender() throws IOException {
        try (SocketChannel channel = SocketChannel.open();
                Selector selector = Selector.open()) {
            channel.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), application.port()));
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer head = ascii(request("POST", "/slow", "Content-Length: " + MUCH));
            channel.write(head);
            ByteBuffer chunk = ByteBuffer.allocate(MEGABYTE);
            int sent = send(channel, selector, chunk, 0);
            assertThat(sent).isLessThan(MUCH);
            assertThat(state().taken.get()).isLessThanOrEqualTo(2);

            state().gate.tryEmitEmpty().orThrow();
            while (sent < MUCH) {
                sent = send(channel, selector, chunk, sent);
            }
            key.interestOps(SelectionKey.OP_READ);
            assertThat(selector.select(20_000)).isEqualTo(1);
            ByteBuffer answer = ByteBuffer.allocate(1024);
            channel.read(answer);
            assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\r\n\r\n" + MUCH);
        }
    }

    /** Sends until all is sent, or until nothing more is taken for a while. */
    private static int send(SocketChannel channel, Selector selector, ByteBuffer chunk, int sent)
            throws IOException {
        int total = sent;
        while (total < MUCH && selector.select(1_000) > 0) {
            selector.selectedKeys().clear();
            chunk.clear().limit(Math.min(chunk.capacity(), MUCH - total));
            total += channel.write(chunk);
        }
        return total;
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void filesAndTheirRanges() throws IOException {
        byte[] expected = StreamingApplication.fileContent();
        Answer whole = application.get("/file");
        assertThat(whole.header("Content-Length")).isEqualTo("" + expected.length);
        assertThat(whole.body()).isEqualTo(expected);
        Answer range = application.exchange(request("GET", "/file", "Range: bytes=100000-100009"));
        assertThat(range.status()).isEqualTo(206);
        assertThat(range.body()).isEqualTo(Arrays.copyOfRange(expected, 100_000, 100_010));
    }

    @Test
    void cancellationReachesTheHandler() throws IOException {
        for (String path : new String[] {"/never", "/ticks", "/endless"}) {
            StreamingApplication state = state();
            int before = state.cancelled.get();
            try (RawConnection connection = application.connect()) {
                connection.send(request("GET", path));
                await().atMost(20, SECONDS).until(() -> state.subscribed.contains(path));
                connection.reset();
            }
            await().atMost(20, SECONDS).until(() -> state.cancelled.get() == before + 1);
        }
        application.awaitIdle();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
