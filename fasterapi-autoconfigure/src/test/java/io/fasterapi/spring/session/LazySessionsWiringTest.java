package io.fasterapi.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import org.springframework.web.server.session.WebSessionManager;
import org.springframework.web.server.session.WebSessionStore;

/** Where sessions draw their id late, and what a request behind Spring Security costs then. */
@ExtendWith(OutputCaptureExtension.class)
class LazySessionsWiringTest {

    private static final String REASON = "fasterapi.sessions.lazy has no effect";

    private static RunningApplication lazy(Class<?> configuration, String... properties) {
        String[] all = Arrays.copyOf(properties, properties.length + 1);
        all[properties.length] = "fasterapi.sessions.lazy=true";
        return RunningApplication.start(configuration, all);
    }

    /**
     * Every filter of Security runs and has its session, but no id is drawn, nothing is stored, and
     * the handler runs on the thread on which the chain began.
     */
    @ParameterizedTest
    @CsvSource({"core, fasterapi-core-", "inline, fasterapi-io-", "virtual, fasterapi-virtual-"})
    void aPermittedRequestStaysOnItsThread(String placement, String thread, CapturedOutput output)
            throws IOException {
        try (RunningApplication application =
                lazy(Secured.class, "fasterapi.placement.default=" + placement)) {
            for (int i = 0; i < 20; i++) {
                Answer answer = application.get("/where");
                String[] seen = answer.text().split(" ");
                if (Runtime.version().feature() >= 21 || !placement.equals("virtual")) {
                    assertThat(seen[0]).startsWith(thread);
                }
                assertThat(seen[1]).isEqualTo(seen[0]);
                assertThat(seen[2]).isEqualTo("null");
                assertThat(answer.header("set-cookie")).isEmpty();
            }
            assertThat(store(application).getSessions()).isEmpty();
        }
        assertThat(output).doesNotContain(REASON);
    }

    @Test
    void aSessionThatIsUsedIsKept() throws IOException {
        try (RunningApplication application =
                lazy(
                        Secured.class,
                        "server.reactive.session.timeout=7m",
                        "server.reactive.session.max-sessions=3")) {
            Answer answer = application.get("/keep");
            String id = answer.text().split(" ")[1];
            assertThat(answer.header("set-cookie")).contains("SESSION=" + id);
            assertThat(answer.text()).startsWith("PT7M");
            assertThat(store(application).getSessions()).containsOnlyKeys(id);
            assertThat(store(application).getMaxSessions()).isEqualTo(3);
            Answer again =
                    application.exchange(
                            RawConnection.request("GET", "/keep", "Cookie: SESSION=" + id));
            assertThat(again.text()).isEqualTo("PT7M " + id);
            assertThat(again.header("set-cookie")).isEmpty();
        }
    }

    /** The ids of a server that runs come from the generator that never blocks. */
    @Test
    void idsAreSeededOnceTheServerRuns() {
        RunningApplication application = lazy(Secured.class);
        LazySessions sessions = application.bean(LazySessions.class);
        try (application) {
            await().atMost(20, TimeUnit.SECONDS).until(sessions::areSeeded);
        }
        assertThat(sessions.areSeeded()).isFalse();
    }

    @Test
    void unlessAskedForThereAreNone(CapturedOutput output) throws IOException {
        assertStock(RunningApplication.start(Secured.class));
        assertThat(output).doesNotContain(REASON);
    }

    @Test
    void off() throws IOException {
        assertStock(lazy(Secured.class, "fasterapi.enabled=false"));
    }

    @Test
    void aStoreOfTheApplicationIsLeftAlone(CapturedOutput output) throws IOException {
        try (RunningApplication application = lazy(OwnStore.class)) {
            WebSessionStore store = manager(application).getSessionStore();
            assertThat(store).isSameAs(application.bean(InMemoryWebSessionStore.class));
            assertThat(application.get("/keep").text()).startsWith("PT30M ");
            assertThat(((InMemoryWebSessionStore) store).getSessions()).hasSize(1);
        }
        assertThat(output).contains(REASON).contains("a session manager of its own");
    }

    @Test
    void aContextWithoutServerIsLeftAlone() {
        new ReactiveWebApplicationContextRunner()
                .withUserConfiguration(Secured.class)
                .withPropertyValues("fasterapi.sessions.lazy=true")
                .run(
                        context ->
                                assertThat(
                                                context.getBean(DefaultWebSessionManager.class)
                                                        .getSessionStore())
                                        .isNotInstanceOf(LazySessionStore.class));
    }

    @Test
    void whatWasNotComparedIsLeftAlone() {
        try (RunningApplication application = RunningApplication.start(Secured.class)) {
            LazySessions sessions = new LazySessions(application.context(), () -> null);
            DefaultWebSessionManager manager = manager(application);
            String name = "webSessionManager";
            assertThat(sessions.difference(manager, name, "7.0.9")).isNull();
            assertThat(sessions.difference(manager, name, "7.1.0")).contains("7.1.0");
            assertThat(sessions.difference(manager, name, null)).contains("null");
            assertThat(sessions.difference(new DefaultWebSessionManager() {}, name, "7.0.9"))
                    .contains("a session manager of its own");
            manager.setSessionStore(new InMemoryWebSessionStore());
            assertThat(sessions.difference(manager, name, "7.0.9")).isNull();
            manager.setSessionStore(new InMemoryWebSessionStore() {});
            assertThat(sessions.difference(manager, name, "7.0.9")).contains("the session store");
        }
    }

    private static void assertStock(RunningApplication application) throws IOException {
        try (application) {
            assertThat(store(application)).isNotInstanceOf(LazySessionStore.class);
            assertThat(application.get("/where").text()).contains(" parallel-");
            assertThat(application.get("/keep").text()).startsWith("PT30M ");
            assertThat(store(application).getSessions()).hasSize(1);
        }
    }

    private static InMemoryWebSessionStore store(RunningApplication application) {
        return (InMemoryWebSessionStore) manager(application).getSessionStore();
    }

    private static DefaultWebSessionManager manager(RunningApplication application) {
        return application.bean(DefaultWebSessionManager.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableWebFluxSecurity
    @RestController
    static class Secured {

        private static final String THREAD = "thread";

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(rules -> rules.anyExchange().permitAll()).build();
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("user").password("{noop}secret").roles("USER").build());
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        WebFilter first() {
            return (exchange, chain) -> {
                exchange.getAttributes().put(THREAD, Thread.currentThread().getName());
                return chain.filter(exchange);
            };
        }

        /** The thread of the first filter, that of the handler, and the id if it was drawn. */
        @GetMapping("/where")
        String where(ServerWebExchange exchange, WebSession session) {
            String id = session instanceof LazySession lazy ? lazy.knownId() : "unknown";
            return exchange.getAttribute(THREAD)
                    + " "
                    + Thread.currentThread().getName()
                    + " "
                    + id;
        }

        @GetMapping("/keep")
        String keep(WebSession session) {
            session.start();
            Duration idle = session.getMaxIdleTime();
            return idle + " " + session.getId();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnStore extends Secured {

        @Bean
        InMemoryWebSessionStore sessionStore() {
            return new InMemoryWebSessionStore();
        }

        @Bean
        WebSessionManager webSessionManager(InMemoryWebSessionStore store) {
            DefaultWebSessionManager manager = new DefaultWebSessionManager();
            manager.setSessionStore(store);
            return manager;
        }
    }
}
