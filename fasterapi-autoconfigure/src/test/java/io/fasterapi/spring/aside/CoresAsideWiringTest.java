package io.fasterapi.spring.aside;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.batch.Batchers;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.ShardBy;
import io.fasterapi.spring.testing.OwnThreads;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
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
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The core runs only if it is asked for, and ends with the context. No server in any of these. */
@Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoresAsideWiringTest {

    private static final String CORE = "fasterapi-core-0";

    private OwnThreads threads;

    @BeforeEach
    void remember() {
        threads = new OwnThreads();
    }

    private static ConfigurableApplicationContext start(Class<?> source, String... properties) {
        return new SpringApplicationBuilder(source)
                .web(WebApplicationType.REACTIVE)
                .contextFactory(type -> new AnnotationConfigReactiveWebApplicationContext())
                .logStartupInfo(false)
                .properties(properties)
                .run();
    }

    private static String get(ConfigurableApplicationContext context, String path) {
        return WebTestClient.bindToApplicationContext(context)
                .configureClient()
                .responseTimeout(Duration.ofSeconds(60))
                .build()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fasterapi.enabled=false", "fasterapi.cores.count=3"})
    void aBeanThatWasGivenTheCoresStartsOneWithTheContext(String property) {
        AsideApplication.Journal journal;
        HandlerCore core;
        try (ConfigurableApplicationContext context = start(AsideApplication.class, property)) {
            journal = context.getBean(AsideApplication.Journal.class);
            HandlerCores cores = context.getBean(HandlerCores.class);
            assertThat(threads.names()).containsExactly(CORE);
            assertThat(cores.gather(() -> "here").join()).containsExactly("here");
            core = cores.coreOf("any key");
            HandlerCore counted = core;
            await().atMost(20, SECONDS).until(() -> counted.counters().continuations() > 0);
            long before = core.counters().continuations();
            assertThat(get(context, "/tally")).isEqualTo("core counted");
            await().atMost(20, SECONDS).until(() -> counted.counters().continuations() > before);

            // What has asked for nothing stays where it was.
            assertThat(get(context, "/plain")).doesNotStartWith(CORE);
            assertThat(journal.destroyed).isEmpty();
            context.stop();
            assertThat(core.isRunning()).isFalse();
            context.start();
            assertThat(get(context, "/tally")).isEqualTo("core counted");
        }
        threads.awaitNone();
        assertThat(journal.destroyed).containsExactly("tally");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fasterapi.enabled=false", "fasterapi.enabled=true"})
    void aShardedMethodStartsTheCoreWhenItIsCalled(String property) {
        try (ConfigurableApplicationContext context = start(Sharded.class, property)) {
            assertThat(get(context, "/plain")).doesNotStartWith(CORE);
            assertThat(threads.names()).isEmpty();
            assertThat(get(context, "/sharded")).isEqualTo(CORE);
            assertThat(threads.names()).containsExactly(CORE);
        }
        threads.awaitNone();
    }

    /** As the application's code says elsewhere: with the lanes off, the configuration is, too. */
    @Test
    void theConfigurationHasTheLastWordOfWhatIsNotSharded() {
        try (ConfigurableApplicationContext context =
                start(
                        AsideApplication.class,
                        "fasterapi.placement.routes[/counters]=virtual",
                        "fasterapi.placement.routes[/accounts]=virtual")) {
            assertThat(get(context, "/counters")).isEqualTo("{}");
            assertThat(get(context, "/accounts")).startsWith("core ");
        }
    }

    @Test
    void alsoWhereBeansAreMadeLate() {
        try (ConfigurableApplicationContext context =
                start(
                        Late.class,
                        "fasterapi.enabled=false",
                        "spring.main.lazy-initialization=true")) {
            assertThat(threads.names()).isEmpty();
            assertThat(get(context, "/through")).isEqualTo(CORE);
        }
        threads.awaitNone();
    }

    /** A batcher is no core. */
    @Test
    void whoeverHasABatcherHasNotAskedForCores() {
        try (ConfigurableApplicationContext context =
                start(Batching.class, "fasterapi.enabled=false")) {
            assertThat(get(context, "/batching")).doesNotStartWith(CORE);
            assertThat(threads.names()).isEmpty();
        }
    }

    /** There are no beans but the controller, so there is nothing that could make batches of it. */
    @Test
    void aControllerWithoutItsContextTakesLists() {
        WebTestClient client =
                WebTestClient.bindToController(new AsideApplication.Orders()).build();
        client.post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("[{\"name\":\"a\"}]")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("[{\"name\":\"a\"}]");
    }

    /** A key is for cores: where there is none the method is an ordinary one. */
    @Test
    void aShardedControllerWithoutItsContextAnswers() {
        WebTestClient.bindToController(new Sharded())
                .build()
                .get()
                .uri("/sharded?key=a")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(thread -> assertThat(thread).doesNotStartWith(CORE));
        assertThat(threads.names()).isEmpty();
    }

    private static String thread() {
        return Thread.currentThread().getName();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Sharded {

        @ShardBy(query = "key")
        @GetMapping("/sharded")
        String sharded() {
            return thread();
        }

        @GetMapping("/plain")
        String plain() {
            return thread();
        }
    }

    /** What has the cores for a controller. */
    record Store(HandlerCores cores) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Late {

        @Bean
        Store store(HandlerCores cores) {
            return new Store(cores);
        }

        @RestController
        static class Through {

            Through(Store store) {}

            @GetMapping("/through")
            String through() {
                return thread();
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Batching {

        Batching(Batchers batchers) {}

        @GetMapping("/batching")
        String batching() {
            return thread();
        }
    }
}
