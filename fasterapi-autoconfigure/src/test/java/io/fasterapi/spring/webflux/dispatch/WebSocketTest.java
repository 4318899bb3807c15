package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** WebSockets through the cores, by the client of the JDK. */
@ExtendWith(OutputCaptureExtension.class)
class WebSocketTest {

    private static final byte[] MESSAGE = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};

    private static final Map<String, Supplier<Throwable>> FAULTS =
            Map.of(
                    "stack", () -> new StackOverflowError("injected"),
                    "memory", () -> new OutOfMemoryError("injected"),
                    "linkage", () -> new NoClassDefFoundError("injected"),
                    "assertion", () -> new AssertionError("injected"),
                    "state", () -> new IllegalStateException("injected"));

    private static final AtomicInteger ENDED = new AtomicInteger();

    private RunningApplication application;
    private Received received;
    private WebSocket socket;

    @BeforeEach
    void start() {
        application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.cores.count=2",
                        "fasterapi.watchdog.enabled=false"); // whose log tells of this machine
        received = new Received();
        socket = open("/echo", received);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private WebSocket open(String path, WebSocket.Listener listener) {
        URI uri = URI.create("ws://localhost:" + application.port() + path);
        return HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, listener).join();
    }

    @Test
    void textOnACoreBinaryAndPing() throws InterruptedException {
        socket.sendText("h\u00e9llo", true).join();
        assertThat(received.next()).matches("text h\u00e9llo fasterapi-core-\\d");
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
        assertThat(received.next()).isEqualTo("binary 3");
        socket.sendPing(ByteBuffer.wrap(new byte[] {9})).join();
        assertThat(received.next()).isEqualTo("pong 1");
        close(CloseStatus.NORMAL.getCode());
    }

    @Test
    void aThousandMessagesInOrder() throws InterruptedException {
        CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < 1000; i++) {
                        socket.sendText("message " + i, true).join();
                    }
                });
        for (int i = 0; i < 1000; i++) {
            assertThat(received.next()).startsWith("text message " + i + " fasterapi-core-");
        }
        close(CloseStatus.NORMAL.getCode());
    }

    @Test
    void closeCodesEitherWay() throws InterruptedException {
        close(4001);
        Received second = new Received();
        WebSocket other = open("/refuse", second);
        other.sendText("anything", true).join();
        assertThat(second.next()).isEqualTo("closed 4002 enough");
        application.awaitIdle();
    }

    @Test
    void abortedSocketsEndTheirExchange() throws InterruptedException {
        socket.sendText("here", true).join();
        assertThat(received.next()).startsWith("text here");
        socket.abort();
        application.awaitIdle();
    }

    /** Whatever is thrown, and where: the session has an end. */
    @ParameterizedTest
    @ValueSource(strings = {"handled", "received", "sent", "asked"})
    void whatIsThrownEndsTheSession(String where) throws InterruptedException {
        for (String kind : FAULTS.keySet()) {
            Received broken = new Received();
            WebSocket other = open("/broken?" + where + "=" + kind, broken);
            if (where.equals("received") || where.equals("sent")) {
                other.sendText("anything", true);
            }
            assertThat(broken.next()).as(kind).matches("closed .*|failed");
        }
        close(CloseStatus.NORMAL.getCode()); // the core goes on
    }

    /** As with stock, of which nobody hears either. */
    @ParameterizedTest
    @CsvSource({
        "/lines, 50, true",
        "/lines, 1, true",
        "/lines, 1, false",
        "/held, 50, true",
    })
    void lostConnectionsAreNotLogged(
            String path, int messages, boolean reset, CapturedOutput output)
            throws IOException, InterruptedException {
        close(CloseStatus.NORMAL.getCode());
        int before = ENDED.get();
        long published = application.published();
        for (int i = 0; i < 30; i++) {
            try (RawConnection connection = application.connect()) {
                connection.send(upgrade(path));
                assertThat(connection.read().status()).isEqualTo(101);
                for (int sent = 0; sent < messages; sent++) { // more than are under way to a core
                    connection.send(MESSAGE);
                }
                assertThat(connection.line()).matches(".*fasterapi-core-\\d");
                if (reset) {
                    connection.reset();
                }
            }
        }
        await().atMost(20, SECONDS).until(() -> ENDED.get() == before + 30);
        assertThat(application.published()).isGreaterThanOrEqualTo(published + 30);
        application.awaitIdle();
        application.close(); // what is under way ends before
        assertThat(output).doesNotContain("WARN").doesNotContain("ERROR");
    }

    private static String upgrade(String path) {
        return request(
                "GET",
                path,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    private void close(int code) throws InterruptedException {
        socket.sendClose(code, "bye").join();
        assertThat(received.next()).isEqualTo("closed " + code + " bye");
        application.awaitIdle();
    }

    /** What came back, one line per message. */
    private static final class Received implements WebSocket.Listener {

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        String next() throws InterruptedException {
            return lines.poll(20, SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                lines.add("text " + text);
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            lines.add("binary " + data.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
            lines.add("pong " + data.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            lines.add("failed");
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            lines.add("closed " + code + " " + reason);
            return null;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SimpleUrlHandlerMapping sockets() {
            return new SimpleUrlHandlerMapping(
                    Map.of(
                            "/echo", (WebSocketHandler) Application::echo,
                            "/lines", (WebSocketHandler) Application::lines,
                            "/held", (WebSocketHandler) Application::held,
                            "/broken", (WebSocketHandler) Application::broken,
                            "/refuse", (WebSocketHandler) Application::refuse),
                    -1);
        }

        private static Mono<Void> echo(WebSocketSession session) {
            return session.send(session.receive().map(message -> answer(session, message)));
        }

        private static Mono<Void> lines(WebSocketSession session) {
            return session.send(session.receive().map(message -> line(session)))
                    .doFinally(signal -> ENDED.incrementAndGet());
        }

        /** Takes no more than the first message. */
        private static Mono<Void> held(WebSocketSession session) {
            return session.send(
                            session.receive()
                                    .concatMap(
                                            message ->
                                                    Flux.just(line(session))
                                                            .concatWith(Flux.never()),
                                            1)
                                    .takeUntilOther(session.closeStatus()))
                    .doFinally(signal -> ENDED.incrementAndGet());
        }

        private static WebSocketMessage line(WebSocketSession session) {
            return session.textMessage(Thread.currentThread().getName() + "\r\n");
        }

        private static Mono<Void> broken(WebSocketSession session) {
            String[] query = session.getHandshakeInfo().getUri().getQuery().split("=");
            Supplier<WebSocketMessage> fault =
                    () -> {
                        throw Application.<RuntimeException>sneaky(FAULTS.get(query[1]).get());
                    };
            return switch (query[0]) {
                case "received" -> session.receive().doOnNext(message -> fault.get()).then();
                case "sent" -> session.send(session.receive().map(message -> fault.get()));
                case "asked" -> session.send(Flux.range(0, 1).map(i -> fault.get()));
                default -> Mono.just(fault.get()).then();
            };
        }

        @SuppressWarnings("unchecked")
        private static <X extends Throwable> X sneaky(Throwable failure) throws X {
            throw (X) failure;
        }

        private static Mono<Void> refuse(WebSocketSession session) {
            return session.receive()
                    .concatMap(message -> session.close(new CloseStatus(4002, "enough")))
                    .then();
        }

        private static WebSocketMessage answer(WebSocketSession session, WebSocketMessage message) {
            if (message.getType() == WebSocketMessage.Type.TEXT) {
                return session.textMessage(
                        message.getPayloadAsText() + " " + Thread.currentThread().getName());
            }
            byte[] bytes = new byte[message.getPayload().readableByteCount()];
            message.getPayload().read(bytes);
            return session.binaryMessage(factory -> factory.wrap(bytes));
        }
    }
}
