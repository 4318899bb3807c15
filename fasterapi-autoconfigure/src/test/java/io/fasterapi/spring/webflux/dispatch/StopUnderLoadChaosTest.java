package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A shutdown in the middle of load: the clients receive as many answers as were accepted. */
class StopUnderLoadChaosTest {

    private static final int CLIENTS = 16;

    private static final int STOPS = 4;

    /** The lanes: WebFlux on the cores, and compiled methods. */
    @ParameterizedTest
    @ValueSource(strings = {"off", "auto"})
    void everyAcceptedRequestIsAnswered(String lane) {
        for (int i = 0; i < STOPS; i++) {
            AtomicLong answered = new AtomicLong();
            RunningApplication application =
                    RunningApplication.start(
                            Application.class,
                            "server.shutdown=graceful",
                            "fasterapi.fast-lane.controllers=" + lane);
            ConcurrencyLimiter limiter = application.bean(ConcurrencyLimiter.class);
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            try (application) {
                int port = application.port();
                for (int client = 0; client < CLIENTS; client++) {
                    clients.add(load(port, answered));
                }
                await().atMost(20, SECONDS).until(() -> answered.get() > 25 * CLIENTS);
            }
            clients.forEach(client -> client.orTimeout(90, SECONDS).join());
            assertThat(answered.get()).isEqualTo(limiter.begun());
            assertThat(limiter.ended(Ending.GONE)).isZero();
        }
    }

    /** One client: request after request, until its connection ends. */
    private static CompletableFuture<Void> load(int port, AtomicLong answered) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Runnable client =
                () -> {
                    try (RawConnection connection = new RawConnection(port)) {
                        while (true) {
                            connection.exchange(request("GET", "/text"));
                            answered.incrementAndGet();
                        }
                    } catch (SocketTimeoutException ex) {
                        ended.completeExceptionally(ex); // open, though the server is gone
                    } catch (IOException ex) {
                        ended.complete(null);
                    } catch (RuntimeException ex) {
                        ended.completeExceptionally(ex);
                    }
                };
        new Thread(client, "load").start();
        return ended;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/text")
        String text() {
            return "text";
        }
    }
}
