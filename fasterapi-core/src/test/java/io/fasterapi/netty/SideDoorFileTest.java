package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/** Files on the side door; each of them is closed in the end. */
class SideDoorFileTest {

    private static final int LARGE = 64 << 20;

    @TempDir private Path folder;

    static Stream<Arguments> doors() {
        return SideDoorAnswerTest.doors();
    }

    @AfterEach
    void everyFileIsClosed() throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (Files.isDirectory(open)) {
            await().until(() -> opened(open) == 0);
        }
    }

    private long opened(Path open) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(open)) {
            for (Path descriptor : descriptors) {
                try {
                    count += Files.readSymbolicLink(descriptor).startsWith(folder) ? 1 : 0;
                } catch (NoSuchFileException gone) {
                    // Closed meanwhile.
                }
            }
        }
        return count;
    }

    private byte[] write(String name, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        Files.write(folder.resolve(name), bytes);
        return bytes;
    }

    private DoorServer serve(Placement placement) {
        return new DoorServer(
                placement,
                FastRoutes.builder()
                        .get(
                                "/{name}",
                                (req, res) -> res.file(folder.resolve(req.pathVariable("name"))))
                        .get(
                                "/typed/{name}",
                                (req, res) ->
                                        res.status(203)
                                                .header("content-type", "text/x-own")
                                                .write(folder.resolve(req.pathVariable("name"))))
                        .get(
                                "/late/{name}",
                                (req, res) -> {
                                    res.async();
                                    CompletableFuture.runAsync(
                                            () ->
                                                    res.file(
                                                            folder.resolve(
                                                                    req.pathVariable("name"))));
                                }));
    }

    @ParameterizedTest
    @MethodSource("doors")
    void wholeFiles(Placement placement, HttpProtocol protocol) throws IOException {
        try (DoorServer server = serve(placement)) {
            HttpClient client = server.client(protocol);
            for (int length : new int[] {1, 5_000, 300_000}) {
                byte[] bytes = write("file", length);
                for (String path : new String[] {"/file", "/typed/file", "/late/file"}) {
                    Reply reply = Reply.to(client, "GET", path);
                    boolean typed = path.startsWith("/typed");
                    assertThat(reply.body()).isEqualTo(bytes);
                    assertThat(reply.status()).isEqualTo(typed ? 203 : 200);
                    assertThat(reply.header("content-length")).isEqualTo("" + length);
                    assertThat(reply.headers().contains("transfer-encoding")).isFalse();
                    assertThat(reply.headers().getAll("content-type"))
                            .containsExactly(typed ? "text/x-own" : "application/octet-stream");
                }
            }
            await().until(() -> server.limiter.count() == 0 && server.recorded.size() == 9);
            assertThat(server.recorded).allMatch(one -> one.failure() == null);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void anEmptyFileAndAHeadHaveNoBody(Placement placement, HttpProtocol protocol)
            throws IOException {
        write("empty", 0);
        write("file", 1234);
        try (DoorServer server = serve(placement)) {
            Reply empty = Reply.to(server.client(protocol), "GET", "/empty");
            assertThat(empty.status()).isEqualTo(200);
            assertThat(empty.body()).isEmpty();
            assertThat(empty.header("content-length")).isEqualTo("0");

            Reply head = Reply.to(server.client(protocol), "HEAD", "/file");
            assertThat(head.body()).isEmpty();
            assertThat(head.header("content-length")).isEqualTo("1234");
            await().until(() -> server.recorded.size() == 2);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void noRegularFileIsAFailure(Placement placement, HttpProtocol protocol) throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        try (DoorServer server = serve(placement)) {
            for (String path : new String[] {"/none", "/folder", "/late/none"}) {
                server.recorded.clear();
                Reply reply = Reply.to(server.client(protocol), "GET", path);
                assertThat(reply.status()).isEqualTo(500);
                assertThat(reply.headers().contains("content-type")).isFalse();
                await().until(() -> server.recorded.size() == 1);
                assertThat(server.recorded.get(0).failure())
                        .isInstanceOf(NoSuchFileException.class)
                        .hasMessageContaining(folder.toString());
            }
        }
    }

    @Test
    void pipelinedFilesKeepTheirOrder() throws IOException {
        write("a", 70_000);
        write("b", 10);
        for (Placement placement : Placement.values()) {
            try (DoorServer server = serve(placement);
                    RawClient client = new RawClient(server.port())) {
                client.send(
                        RawClient.get("/a")
                                + RawClient.get("/b")
                                + RawClient.get("/none")
                                + RawClient.get("/a"));
                assertThat(client.receive()).contains("Content-Length: 70000");
                assertThat(client.receive()).contains("Content-Length: 10");
                assertThat(client.receive()).startsWith("HTTP/1.1 500");
                assertThat(client.receive()).contains("Content-Length: 70000");
            }
        }
    }

    /** What was promised cannot be kept, so the client must not take it for the whole. */
    @Test
    void aFileThatShrinksOnItsWayEndsTheConnection() throws IOException {
        largeFile();
        try (DoorServer server = serve(Placement.CORE);
                RawClient client = new RawClient(server.port())) {
            client.send(RawClient.get("/large"));
            assertThat(client.head()).contains("Content-Length: " + LARGE);
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
                file.setLength(0);
            }
            assertThat(client.receiveToTheEnd()).isLessThan(LARGE);
            await().until(() -> server.limiter.count() == 0);
        }
    }

    @Test
    void aClientThatHangsUpHalfWayLeavesNothingOpen() throws IOException {
        largeFile();
        for (Placement placement : Placement.values()) {
            try (DoorServer server = serve(placement)) {
                try (RawClient client = new RawClient(server.port())) {
                    client.send(RawClient.get("/large"));
                    client.head();
                    client.reset();
                }
                await().until(() -> server.limiter.count() == 0);
                assertThat(server.recorded).hasSize(1);
                everyFileIsClosed();
            }
        }
    }

    private void largeFile() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            file.setLength(LARGE);
        }
    }
}
