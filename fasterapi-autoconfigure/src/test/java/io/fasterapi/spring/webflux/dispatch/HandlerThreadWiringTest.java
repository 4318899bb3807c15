package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
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

/** Which thread runs the user's code. */
class HandlerThreadWiringTest {

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(Application.class, "fasterapi.cores.count=2");
    }

    @AfterAll
    static void stop() {
        application.awaitIdle();
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/mono", "/blocked"})
    void getRunsOnACore(String path) throws IOException {
        long before = application.published();
        assertThat(application.get(path).text()).startsWith("fasterapi-core-");
        assertThat(application.published()).isEqualTo(before + 1);
    }

    @Test
    void handlersAfterABodyRunOnACore() throws IOException {
        try (RawConnection connection = application.connect()) {
            String head = request("POST", "/body", "Content-Length: 6");
            assertThat(connection.exchange(head + "abcdef").text()).startsWith("fasterapi-core-");
        }
    }

    /**
     * The second half is sent when the handler has seen the first: it arrives by a continuation.
     */
    @Test
    void everyPieceOfABodyArrivesOnTheCoreOfItsRequest() throws IOException {
        try (RawConnection connection = application.connect()) {
            connection.send(request("POST", "/pieces", "Transfer-Encoding: chunked"));
            for (int i = 0; i < 5; i++) {
                connection.send("3\r\nabc\r\n");
                Application.PIECES.acquireUninterruptibly();
            }
            connection.send("0\r\n\r\n");
            Answer answer = connection.read();
            assertThat(answer.text()).matches("\\[fasterapi-core-\\d] 15");
        }
    }

    @Test
    void elementsOfAStreamAreMadeOnOneCore() throws IOException {
        Answer answer =
                application.exchange(request("GET", "/stream", "Accept: application/x-ndjson"));
        Set<String> threads = new ConcurrentSkipListSet<>(List.of(answer.text().split("\\s+")));
        assertThat(answer.text().lines()).hasSize(300);
        assertThat(threads).singleElement().asString().startsWith("fasterapi-core-");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        static final java.util.concurrent.Semaphore PIECES = new java.util.concurrent.Semaphore(0);

        @GetMapping("/plain")
        String plain() {
            return here();
        }

        @GetMapping("/mono")
        Mono<String> mono() {
            return Mono.fromSupplier(Application::here);
        }

        /** Blocking a core is a mistake that must not go unnoticed. */
        @GetMapping("/blocked")
        String blocked() {
            try {
                return "blocked " + Mono.delay(Duration.ofMillis(1)).block();
            } catch (IllegalStateException expected) {
                return here();
            }
        }

        @PostMapping("/body")
        String body(@RequestBody String body) {
            return here();
        }

        @PostMapping("/pieces")
        Mono<String> pieces(@RequestBody Flux<DataBuffer> pieces) {
            Set<String> threads = new ConcurrentSkipListSet<>();
            return pieces.map(
                            piece -> {
                                threads.add(here());
                                int length = piece.readableByteCount();
                                DataBufferUtils.release(piece);
                                PIECES.release();
                                return length;
                            })
                    .reduce(0, Integer::sum)
                    .map(sum -> threads + " " + sum);
        }

        @GetMapping(path = "/stream", produces = MediaType.APPLICATION_NDJSON_VALUE)
        Flux<String> stream() {
            return Flux.range(0, 300).map(i -> here() + "\n");
        }

        private static String here() {
            return Thread.currentThread().getName();
        }
    }
}
