package io.fasterapi.spring.aside;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.OwnThreads;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Production: what the others are measured by. */
class ServedWiringTest extends AsideCases {

    private static OwnThreads threads;
    private static RunningApplication application;
    private static WebTestClient client;

    @BeforeAll
    static void start() {
        threads = new OwnThreads();
        application = RunningApplication.start(AsideApplication.class);
        client =
                WebTestClient.bindToServer()
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
    void aLaneServesOnTheCores() {
        get("/plain"); // the lane learns from it
        LaneCounters counters = application.bean(ControllerRoutes.class).counters();
        long calls = counters.calls(Lane.DIRECT);
        long published = application.published();
        assertThat(get("/plain")).startsWith("fasterapi-core-");
        assertThat(counters.calls(Lane.DIRECT)).isEqualTo(calls + 1);
        assertThat(application.published()).isEqualTo(published + 1);
    }
}
