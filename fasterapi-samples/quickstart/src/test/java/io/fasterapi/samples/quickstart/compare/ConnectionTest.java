package io.fasterapi.samples.quickstart.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final Charset ASCII = StandardCharsets.US_ASCII;

    private static final String REQUEST =
            "GET /path HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";

    @Test
    void leavesTheDateOutAndWaitsForTheWholeBody() throws Exception {
        assertThat(answer("HTTP/1.1 200 OK\r\nDate: Mon\r\ncontent-length: 4\r\n\r\n", "bo", "dy"))
                .isEqualTo("HTTP/1.1 200 OK\r\nDate: *\r\ncontent-length: 4\r\n\r\nbody");
    }

    @Test
    void everyOtherByteCounts() throws Exception {
        assertThat(answer("HTTP/1.1 200 OK\r\nX: a\r\nContent-Length: 0\r\n\r\n"))
                .isNotEqualTo(answer("HTTP/1.1 200 OK\r\nX: A\r\nContent-Length: 0\r\n\r\n"));
    }

    @Test
    void saysWhatItCannotRead() {
        assertThatThrownBy(() -> answer("HTTP/1.1 200 OK\r\n\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the answer has no Content-Length");
        assertThatThrownBy(() -> answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "body"))
                .isInstanceOf(IOException.class)
                .hasMessage("the server closed the connection");
    }

    /** What is read of a server that reads the request, sends these parts, and closes. */
    private static String answer(String... parts) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server, parts));
            InetSocketAddress address =
                    new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            try (Connection connection = new Connection(address, "/path")) {
                return connection.exchange();
            } finally {
                served.join();
            }
        }
    }

    private static void serve(ServerSocket server, String... parts) {
        try (Socket socket = server.accept()) {
            assertThat(new String(socket.getInputStream().readNBytes(REQUEST.length()), ASCII))
                    .isEqualTo(REQUEST);
            for (String part : parts) {
                socket.getOutputStream().write(part.getBytes(ASCII));
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
