package io.fasterapi.spring.aside;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.testing.OwnThreads;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.route.FastRouteMapping;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.reactive.AnnotationConfigReactiveWebApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Fast routes answer through WebFlux where no server of ours runs, as on their own lane. */
@Timeout(value = 120, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FastRoutesAsideWiringTest {

    private static final String ITEM = "{\"name\":\"\",\"amount\":2}";

    /** In this order. */
    private static final List<String> REQUESTS =
            List.of(
                    json("/fast/sums/a", ITEM),
                    json("/fast/sums/b", ITEM),
                    json("/fast/sums/a", ITEM),
                    json("/fast/sums/a", "{\"amount\":"),
                    json("/fast/sums/a", ""),
                    json("/fast/sums/a", "\"" + "x".repeat(300_000) + "\""),
                    request("GET", "/fast/here"),
                    request("GET", "/fast/inline"),
                    request("GET", "/fast/users/7"),
                    request("GET", "/fast/users/a%20b?x=1"),
                    request("HEAD", "/fast/users/7"),
                    request("POST", "/fast/users/7", "Content-Length: 0"),
                    request("GET", "/fast/later"),
                    request("GET", "/fast/fails"),
                    request("GET", "/fast/none"));

    /** With what the properties say, although nothing else of them is there. */
    @Test
    void soIsTheLongestBody() throws IOException {
        String limit = "fasterapi.routes.max-body-size=1KB";
        String item = json("/fast/sums/a", "\"" + "x".repeat(2_000) + "\"");
        try (RunningApplication served = RunningApplication.start(AsideRoutes.class, limit);
                RunningApplication off =
                        RunningApplication.start(
                                AsideRoutes.class, limit, "fasterapi.enabled=false")) {
            assertThat(served.exchange(item).status()).isEqualTo(413);
            assertThat(off.exchange(item).comparable())
                    .isEqualTo(served.exchange(item).comparable());
        }
    }

    @Test
    void switchedOffTheAnswersAreTheSame() throws IOException {
        OwnThreads threads = new OwnThreads();
        try (RunningApplication served = RunningApplication.start(AsideRoutes.class);
                RunningApplication off =
                        RunningApplication.start(AsideRoutes.class, "fasterapi.enabled=false")) {
            assertThat(off.context().getBeansOfType(ServerParts.class)).isEmpty();
            HandlerCore core = off.bean(HandlerCores.class).cores().get(0);
            for (String each : REQUESTS) {
                assertThat(off.exchange(each).comparable())
                        .as(each.lines().findFirst().orElseThrow())
                        .isEqualTo(served.exchange(each).comparable());
            }
            assertThat(off.get("/fast/here").text()).isEqualTo("core");
            assertThat(off.exchange(json("/fast/sums/b", ITEM)).text())
                    .isEqualTo("{\"name\":\"b\",\"amount\":4}");
            assertThat(served.published()).isPositive();
            await().atMost(20, SECONDS).until(() -> core.counters().continuations() >= 8);
        }
        threads.awaitNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fasterapi.enabled=false", "fasterapi.cores.count=3"})
    void withoutAServerTheyAnswer(String property) {
        OwnThreads threads = new OwnThreads();
        try (ConfigurableApplicationContext context = start(AsideRoutes.class, property)) {
            assertAnswers(WebTestClient.bindToApplicationContext(context).build());
            HandlerCore core = context.getBean(HandlerCores.class).cores().get(0);
            await().atMost(20, SECONDS).until(() -> core.counters().continuations() > 0);
        }
        threads.awaitNone();
    }

    static void assertAnswers(WebTestClient client) {
        for (int sum : new int[] {2, 4}) {
            client.post()
                    .uri("/fast/sums/a")
                    .bodyValue(new AsideRoutes.Item("", 2))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .isEqualTo("{\"name\":\"a\",\"amount\":" + sum + "}");
        }
        client.get().uri("/fast/users/7").exchange().expectBody(String.class).isEqualTo("user 7");
    }

    /** Routes that ask for no core start none. */
    @Test
    void whereNobodyAsksForACoreNoThreadRuns() {
        OwnThreads threads = new OwnThreads();
        try (ConfigurableApplicationContext context =
                start(NoCore.class, "fasterapi.enabled=false")) {
            assertThat(context.getBean(FastRouteMapping.class).routes()).hasSize(1);
            WebTestClient.bindToApplicationContext(context)
                    .build()
                    .get()
                    .uri("/fast/users/7")
                    .exchange()
                    .expectBody(String.class)
                    .isEqualTo("user 7");
            assertThat(threads.names()).isEmpty();
        }
    }

    private static ConfigurableApplicationContext start(Class<?> source, String property) {
        return new SpringApplicationBuilder(source)
                .web(WebApplicationType.REACTIVE)
                .contextFactory(type -> new AnnotationConfigReactiveWebApplicationContext())
                .logStartupInfo(false)
                .properties(property)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class NoCore {

        @Bean
        FastRoutes routes() {
            return FastRoutes.builder()
                    .get(
                            "/fast/users/{id}",
                            (req, res) -> res.text("user " + req.pathVariable("id")))
                    .build();
        }
    }
}
