package io.fasterapi.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.autoconfigure.OutgoingConnectionsAutoConfiguration;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.testing.Upstream;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** On which event loops outgoing connections are. */
class OutgoingConnectionsWiringTest {

    private static final int LOOPS = 3;
    private static final int CONNECTIONS = 6;
    private static final int ROUNDS = 10;

    private final Upstream upstream = new Upstream();

    @AfterEach
    void closeUpstream() {
        upstream.close();
    }

    private RunningApplication start(Class<?> source, String... properties) {
        return start(List.of(source), properties);
    }

    private RunningApplication start(List<Class<?>> sources, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("upstream=" + upstream.url());
        all.add("fasterapi.io.threads=" + LOOPS);
        return RunningApplication.start(sources, all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "core", "auto"})
    void theyUseTheLoopsOfTheServer(String placement) throws IOException {
        try (RunningApplication application =
                start(RelayingApplication.class, "fasterapi.placement.default=" + placement)) {
            application.spread("/whole/small", CONNECTIONS, ROUNDS);
            assertThat(application.get("/thread").text()).startsWith("fasterapi-io-");
            assertThat(upstream.connections()).hasSizeLessThanOrEqualTo(LOOPS); // they are reused
        }
    }

    /** The upstream closes each connection, so each request needs a new one. */
    @Test
    void aNewOneIsOnTheLoopOfItsRequest() throws IOException {
        try (RunningApplication application =
                start(RelayingApplication.class, "fasterapi.placement.default=inline")) {
            application.spread("/whole/once", CONNECTIONS, ROUNDS);
            RelayingApplication relay = application.bean(RelayingApplication.class);
            assertThat(relay.same).hasValue(CONNECTIONS * ROUNDS);
            assertThat(relay.other).hasValue(0);
            assertThat(upstream.connections()).hasSize(CONNECTIONS * ROUNDS);
        }
    }

    @Test
    void contextsShareNothing() throws IOException {
        try (RunningApplication second = start(RelayingApplication.class)) {
            try (RunningApplication first = start(RelayingApplication.class)) {
                assertThat(first.get("/thread").text()).startsWith("fasterapi-io-");
                assertThat(second.get("/thread").text()).startsWith("fasterapi-io-");
            }
            assertThat(second.get("/thread").text()).startsWith("fasterapi-io-");
        }
    }

    @Test
    void theyFollowARestartedServer() throws IOException {
        try (RunningApplication application = start(RelayingApplication.class)) {
            for (int i = 0; i < 2; i++) {
                application.spread("/whole/small", CONNECTIONS, ROUNDS);
                assertThat(application.get("/thread").text()).startsWith("fasterapi-io-");
                application.awaitIdle();
                application.context().stop();
                application.context().start();
            }
        }
    }

    /** The bean stops after the server, and before the clients. */
    @Test
    void theyOutliveTheServer() {
        LastCall last;
        try (RunningApplication application =
                start(List.of(RelayingApplication.class, LastCall.class))) {
            last = application.bean(LastCall.class);
        }
        assertThat(last.thread).startsWith("fasterapi-io-");
        assertThat(last.loop.isShuttingDown()).isTrue();
    }

    /** What the bean had asked for is answered while the server stops. */
    static class LastCall implements SmartLifecycle {

        private final WebClient client;
        private boolean running;
        String thread = "";
        EventExecutor loop = GlobalEventExecutor.INSTANCE;

        LastCall(ClientHttpConnector connector, @Value("${upstream}") String url) {
            client = WebClient.builder().clientConnector(connector).baseUrl(url).build();
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            thread =
                    client.get()
                            .uri("/small")
                            .retrieve()
                            .toBodilessEntity()
                            .map(
                                    done -> {
                                        loop =
                                                Objects.requireNonNull(
                                                        ThreadExecutorMap.currentExecutor());
                                        return name();
                                    })
                            .block();
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return 1;
        }
    }

    /** All connections send a request before the first answer is read. */
    @Test
    void theLimitOfAPoolHoldsForAllLoops() throws IOException {
        try (RunningApplication application =
                start(List.of(RelayingApplication.class, OwnClient.class))) {
            List<RawConnection> connections = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(application.connect());
                connections.get(i).send(RawConnection.request("GET", "/own/small"));
            }
            for (RawConnection connection : connections) {
                assertThat(connection.read().text()).startsWith("fasterapi-io-");
                connection.close();
            }
            assertThat(upstream.connections()).hasSize(1);
        }
    }

    /** An HttpClient of Reactor Netty with a pool of its own. */
    @Configuration(proxyBeanMethods = false)
    static class OwnClient {

        final ConnectionProvider pool =
                ConnectionProvider.builder("one")
                        .maxConnections(1)
                        .pendingAcquireMaxCount(CONNECTIONS)
                        .build();

        @Bean
        HttpClient ownClient() {
            return HttpClient.create(pool);
        }

        @Bean
        RouterFunction<ServerResponse> own(HttpClient client, @Value("${upstream}") String url) {
            return RouterFunctions.route()
                    .GET(
                            "/own/{what}",
                            request ->
                                    client.get()
                                            .uri(url + "/" + request.pathVariable("what"))
                                            .responseContent()
                                            .aggregate()
                                            .map(done -> name())
                                            .flatMap(ServerResponse.ok()::bodyValue))
                    .build();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "core"})
    void hangUpsReachTheUpstream(String placement) throws Exception {
        try (RunningApplication application =
                start(RelayingApplication.class, "fasterapi.placement.default=" + placement)) {
            try (RawConnection connection = application.connect()) {
                connection.send(RawConnection.request("GET", "/stream/endless"));
                while (!connection.line().isEmpty()) {
                    continue; // the head
                }
                assertThat(connection.chunk()).isNotEmpty();
                connection.reset();
            }
            assertThat(upstream.awaitHangUp()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fasterapi.io.clients=false", "fasterapi.enabled=false"})
    void switchedOffTheyAreWhereStockHasThem(String property) throws IOException {
        try (RunningApplication application = start(RelayingApplication.class, property)) {
            assertThat(application.get("/thread").text()).startsWith("reactor-http-");
        }
    }

    @Test
    void ownLoopsOfTheApplicationWin() throws IOException {
        try (RunningApplication application =
                start(List.of(RelayingApplication.class, OwnFactory.class))) {
            assertThat(application.get("/thread").text()).startsWith("own-factory-");
        }
    }

    @Test
    void ownCustomizersOfTheApplicationWin() throws IOException {
        try (RunningApplication application =
                start(List.of(RelayingApplication.class, OwnCustomizer.class))) {
            assertThat(application.get("/thread").text()).startsWith("own-customizer-");
        }
    }

    @Test
    void withoutAServerTheyAreWhereStockHasThem() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(
                                OutgoingConnectionsAutoConfiguration.class,
                                HttpClientAutoConfiguration.class,
                                ReactiveHttpClientAutoConfiguration.class))
                .run(
                        context ->
                                assertThat(
                                                WebClient.builder()
                                                        .clientConnector(
                                                                context.getBean(
                                                                        ClientHttpConnector.class))
                                                        .build()
                                                        .get()
                                                        .uri(upstream.url() + "/small")
                                                        .retrieve()
                                                        .toBodilessEntity()
                                                        .map(done -> name())
                                                        .block())
                                        .startsWith("reactor-http-"));
    }

    private static String name() {
        return Thread.currentThread().getName();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFactory {

        @Bean
        ReactorResourceFactory ownFactory() {
            ReactorResourceFactory factory = new ReactorResourceFactory();
            factory.setUseGlobalResources(false);
            factory.setLoopResourcesSupplier(() -> LoopResources.create("own-factory", 1, true));
            factory.setConnectionProviderSupplier(() -> ConnectionProvider.create("own", 5));
            return factory;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnCustomizer {

        @Bean
        LoopResources ownLoops() {
            return LoopResources.create("own-customizer", 1, true);
        }

        @Bean
        ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder> ownCustomizer(
                LoopResources ownLoops) {
            return builder -> builder.withHttpClientCustomizer(client -> client.runOn(ownLoops));
        }
    }
}
