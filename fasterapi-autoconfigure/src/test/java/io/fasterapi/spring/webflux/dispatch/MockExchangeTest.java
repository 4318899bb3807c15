package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.spring.testing.RunningApplication;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.HttpHandlerConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.socket.server.WebSocketService;
import reactor.core.publisher.Mono;

/** A mocked exchange is handled where it is, as without FasterAPI. */
class MockExchangeTest {

    @Test
    void clientBoundToTheHandler() {
        try (RunningApplication application =
                RunningApplication.start(StreamingApplication.class)) {
            HttpHandler handler = application.bean(HttpHandler.class);
            assertThat(handler).isInstanceOf(CoreHttpHandler.class);
            WebTestClient.bindToServer(new HttpHandlerConnector(handler))
                    .responseTimeout(Duration.ofSeconds(60))
                    .build()
                    .get()
                    .uri("/events")
                    .exchange()
                    .expectStatus()
                    .isOk();
            assertThat(application.published()).isZero();
        }
    }

    @Test
    void handshakeOffTheCores() {
        AtomicInteger handshakes = new AtomicInteger();
        WebSocketService stock =
                (exchange, handler) -> Mono.fromRunnable(handshakes::incrementAndGet);
        new CoreWebSocketService(stock, new HandlerCores(CoreOptions.defaults()))
                .handleRequest(
                        MockServerWebExchange.from(MockServerHttpRequest.get("/")),
                        session -> Mono.empty())
                .block(Duration.ofSeconds(10));
        assertThat(handshakes).hasValue(1);
    }
}
