package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RunningApplication;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Errors of single streams of HTTP/2: the answer and the code with which the stream ends. */
class Http2StreamErrorEqualityTest {

    private static final int LIMIT_MILLIS = 20_000;
    private static final String ECHO = "/echo";
    private static final String PROTOCOL_ERROR = "reset 1";
    private static final String FLOW_CONTROL_ERROR = "reset 3";
    private static final byte[] TOO_LONG = "test".getBytes();

    private static RunningApplication start(String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("server.http2.enabled=true");
        all.add("fasterapi.fast-lane.controllers=off"); // the body is read by WebFlux, on the core
        return RunningApplication.start(Application.class, all.toArray(String[]::new));
    }

    private static List<String> tooLong(RunningApplication application, String path)
            throws IOException {
        try (Client client = new Client(application.port())) {
            client.send(1, 4, post(path, "1"));
            client.send(0, 1, TOO_LONG);
            return client.untilReset();
        }
    }

    private static List<String> tooLongLater(RunningApplication application, String path)
            throws IOException {
        try (Client client = new Client(application.port())) {
            client.send(1, 4, post(path, "5"));
            client.send(0, 0, TOO_LONG);
            client.awaitPing(); // the server has read what came before
            client.send(0, 0, TOO_LONG);
            client.send(0, 1, TOO_LONG);
            return client.untilReset();
        }
    }

    private static List<String> windowTooLarge(RunningApplication application, String path)
            throws IOException {
        byte[] most = ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array();
        try (Client client = new Client(application.port())) {
            client.send(1, 4, post(path, "4"));
            client.send(8, 0, most);
            client.send(0, 0, TOO_LONG); // right in itself, but the stream has failed
            return client.untilReset();
        }
    }

    @ParameterizedTest
    @CsvSource({"stock, core, false", "inline, inline, true", "core, core, true"})
    void aHandlerThatReadsItsBodyAnswersBeforeTheStreamEnds(
            String name, String placement, boolean enabled) throws IOException {
        try (RunningApplication application =
                start("fasterapi.enabled=" + enabled, "fasterapi.placement.default=" + placement)) {
            for (String path : List.of(ECHO, "/mono")) {
                for (int i = 0; i < 5; i++) {
                    assertThat(tooLong(application, path)).containsExactly("500", PROTOCOL_ERROR);
                }
            }
            if (enabled) {
                assertServed(application, name.equals("core"), 10);
            }
        }
    }

    /** Stock, and so a handler on the event loop, ends some of these streams with other codes. */
    @ParameterizedTest
    @CsvSource({"/echo, 500", "/mono, 500", "/ignores, 200"})
    void onACoreTheCodeIsThatOfTheErrorWhateverIsAnswered(String path, String status)
            throws IOException {
        try (RunningApplication application = start("fasterapi.placement.default=core")) {
            for (int i = 0; i < 5; i++) {
                assertThat(tooLong(application, path)).containsExactly(status, PROTOCOL_ERROR);
                assertThat(windowTooLarge(application, path))
                        .containsExactly(status, FLOW_CONTROL_ERROR);
            }
            assertServed(application, true, 10);
        }
    }

    @Test
    void onACoreTheCodeIsThatOfTheErrorWhenItComes() throws IOException {
        try (RunningApplication application = start("fasterapi.placement.default=core")) {
            for (int i = 0; i < 5; i++) {
                assertThat(tooLongLater(application, ECHO)).containsExactly("500", PROTOCOL_ERROR);
                assertThat(tooLongLater(application, "/mono"))
                        .containsExactly("500", PROTOCOL_ERROR);
                assertThat(tooLongLater(application, "/never")).containsExactly(PROTOCOL_ERROR);
            }
            assertServed(application, true, 15);
        }
    }

    /** Nobody waits for the handler: its answer would end the stream without a reset. */
    @Test
    void whatComesAfterTheEndOfTheRequestEndsTheStreamAtOnce() throws IOException {
        try (RunningApplication application = start("fasterapi.placement.default=core");
                Client client = new Client(application.port())) {
            client.send(1, 5, post("/never", "0"));
            client.send(0, 0, TOO_LONG);
            assertThat(client.untilReset()).containsExactly("reset 5"); // STREAM_CLOSED
            assertServed(application, true, 1);
        }
    }

    private static void assertServed(RunningApplication application, boolean onCores, int count) {
        assertThat(application.published() >= count).isEqualTo(onCores);
        assertThat(onCores || application.published() == 0).isTrue();
        application.awaitIdle();
    }

    private static byte[] post(String path, String length) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83); // :method POST
        block.write(0x86); // :scheme http
        literal(block, ":path", path);
        literal(block, ":authority", "test");
        literal(block, "content-type", "text/plain");
        literal(block, "content-length", length);
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String name, String value)
            throws IOException {
        block.write(0); // not indexed, neither string Huffman coded
        block.write(name.length());
        block.write(name.getBytes());
        block.write(value.length());
        block.write(value.getBytes());
    }

    /** A connection with one stream, on which it sends and receives frames. */
    private static final class Client implements AutoCloseable {

        private static final List<String> STATUS =
                List.of("200", "204", "206", "304", "400", "404", "500");

        private final Socket socket;
        private final DataOutputStream out;
        private final DataInputStream in;
        private final List<String> seen = new ArrayList<>();

        Client(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(LIMIT_MILLIS);
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            in = new DataInputStream(socket.getInputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes());
            frame(4, 0, 0, new byte[0]);
            frame(4, 1, 0, new byte[0]);
            awaitPing();
        }

        void send(int type, int flags, byte[] payload) throws IOException {
            frame(type, flags, 1, payload);
        }

        private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
            frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
            out.write(frame.array()); // sent with the next that waits for an answer
        }

        void awaitPing() throws IOException {
            frame(6, 0, 0, new byte[8]);
            while (receive() != 6) {
                // what comes before the answer
            }
        }

        List<String> untilReset() throws IOException {
            while (receive() != 3) {
                // what comes before the end
            }
            return seen;
        }

        private int receive() throws IOException {
            out.flush();
            int head = in.readInt();
            in.readByte();
            in.readInt();
            byte[] payload = new byte[head >>> 8];
            in.readFully(payload);
            int type = head & 0xff;
            if (type == 1) {
                seen.add(STATUS.get((payload[0] & 0x7f) - 8));
            } else if (type == 3) {
                seen.add("reset " + ByteBuffer.wrap(payload).getInt());
            }
            return type;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @PostMapping(ECHO)
        String echo(@RequestBody String body) {
            return body;
        }

        @PostMapping("/mono")
        Mono<String> mono(@RequestBody Mono<String> body) {
            return body;
        }

        @PostMapping("/ignores")
        String ignores() {
            return "ignored";
        }

        @PostMapping("/never")
        Mono<String> never(@RequestBody Mono<String> body) {
            return body.onErrorResume(failure -> Mono.never()).then(Mono.never());
        }
    }
}
