package io.fasterapi.spring.webflux;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer that another thread makes while the body still arrives does not wait for its end. */
class LateAnswerTest {

    private static final String CHUNK = "400\r\n" + "x".repeat(0x400) + "\r\n";

    @Test
    void comesWhileTheClientStillSends() throws Exception {
        assertThat(answerWhileSending("/whole")).isEqualTo("late");
        assertThat(answerWhileSending("/streamed")).isEqualTo("late");
    }

    private static String answerWhileSending(String path) throws Exception {
        AtomicBoolean answered = new AtomicBoolean();
        try (RunningApplication application = RunningApplication.start(Application.class);
                RawConnection connection = application.connect()) {
            connection.send(request("POST", path, "Transfer-Encoding: chunked"));
            Thread sender = new Thread(() -> send(connection, answered));
            sender.start();
            try {
                return connection.read().text();
            } finally {
                answered.set(true);
                sender.join(20_000);
            }
        }
    }

    private static void send(RawConnection connection, AtomicBoolean answered) {
        try {
            while (!answered.get()) {
                connection.send(CHUNK);
            }
        } catch (IOException ex) {
            // The server has closed the connection behind its answer.
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @PostMapping("/whole")
        Mono<String> whole(ServerHttpRequest request) {
            discard(request);
            return Mono.delay(Duration.ofMillis(200)).thenReturn("late");
        }

        @PostMapping("/streamed")
        Flux<String> streamed(ServerHttpRequest request) {
            discard(request);
            return Mono.delay(Duration.ofMillis(200)).thenReturn("late").flux();
        }

        private static void discard(ServerHttpRequest request) {
            request.getBody().subscribe(DataBufferUtils::release);
        }
    }
}
