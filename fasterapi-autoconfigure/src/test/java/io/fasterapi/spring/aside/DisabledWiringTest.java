package io.fasterapi.spring.aside;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.testing.OwnThreads;
import io.fasterapi.spring.testing.RunningApplication;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.netty.http.client.HttpClient;

/** A real server with FasterAPI switched off. */
class DisabledWiringTest extends AsideCases {

    private static OwnThreads threads;
    private static RunningApplication application;
    private static WebTestClient client;

    @BeforeAll
    static void start() {
        threads = new OwnThreads();
        application = RunningApplication.start(AsideApplication.class, "fasterapi.enabled=false");
        client =
                // Not over again: Reactor Netty's issue 4361 is for answers of other threads.
                WebTestClient.bindToServer(
                                new ReactorClientHttpConnector(HttpClient.newConnection()))
                        .baseUrl("http://localhost:" + application.port())
                        .responseTimeout(Duration.ofSeconds(60))
                        .build();
    }

    @AfterAll
    static void stop() {
        application.close();
        threads.awaitNone();
    }

    @Override
    WebTestClient client() {
        return client;
    }

    @Override
    ApplicationContext context() {
        return application.context();
    }

    @Test
    void theStockServerServesAndTheCoreIsTheOneThatWasAskedFor() {
        assertThat(context().getBeansOfType(ServerParts.class)).isEmpty();
        assertThat(get("/plain")).startsWith("reactor-http-");
        assertThat(get("/tally")).isEqualTo("core counted");
        assertThat(threads.names()).containsExactly("fasterapi-core-0");
    }
}
