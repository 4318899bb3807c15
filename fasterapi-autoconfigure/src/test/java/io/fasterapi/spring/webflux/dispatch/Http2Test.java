package io.fasterapi.spring.webflux.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.testing.SelfSigned;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** HTTP/2 in the three ways a client comes to it, and TLS without it. */
class Http2Test {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    @TempDir static Path folder;

    @Test
    void clearTextByUpgrade() throws Exception {
        try (RunningApplication application = start("server.http2.enabled=true")) {
            assertServes(application, "http", java.net.http.HttpClient.newBuilder(), true);
        }
    }

    @Test
    void clearTextByPriorKnowledge() {
        ConnectionProvider connections = ConnectionProvider.newConnection();
        try (RunningApplication application = start("server.http2.enabled=true")) {
            HttpClient client =
                    HttpClient.create(connections)
                            .protocol(HttpProtocol.H2C)
                            .baseUrl("http://localhost:" + application.port());
            long before = application.published();
            for (String path : List.of("/direct", "/webflux")) {
                String text =
                        client.get()
                                .uri(path)
                                .responseSingle(
                                        (response, body) ->
                                                body.asString()
                                                        .map(it -> response.version() + " " + it))
                                .block(LIMIT);
                assertThat(text).startsWith("HTTP/2.0 fasterapi-core-");
            }
            assertThat(application.published()).isEqualTo(before + 2);
            application.awaitIdle();
        } finally {
            connections.disposeLater().block(LIMIT);
        }
    }

    @Test
    void tlsWithAlpn() throws Exception {
        Path store = SelfSigned.keyStore(folder);
        try (RunningApplication application = start(secure(store, "server.http2.enabled=true"))) {
            assertServes(
                    application,
                    "https",
                    java.net.http.HttpClient.newBuilder().sslContext(SelfSigned.trusting(store)),
                    true);
        }
    }

    @Test
    void tlsWithoutHttp2() throws Exception {
        Path store = SelfSigned.keyStore(folder);
        try (RunningApplication application = start(secure(store, "server.http2.enabled=false"))) {
            assertServes(
                    application,
                    "https",
                    java.net.http.HttpClient.newBuilder().sslContext(SelfSigned.trusting(store)),
                    false);
        }
    }

    private static RunningApplication start(String... properties) {
        return RunningApplication.start(Application.class, properties);
    }

    private static String[] secure(Path store, String more) {
        return new String[] {
            "server.ssl.key-store=file:" + store,
            "server.ssl.key-store-type=PKCS12",
            "server.ssl.key-store-password=" + SelfSigned.PASSWORD,
            more
        };
    }

    private static void assertServes(
            RunningApplication application,
            String scheme,
            java.net.http.HttpClient.Builder builder,
            boolean http2)
            throws IOException, InterruptedException {
        java.net.http.HttpClient client =
                builder.version(java.net.http.HttpClient.Version.HTTP_2).build();
        URI base = URI.create(scheme + "://localhost:" + application.port());
        for (String path : List.of("/direct", "/webflux", "/direct")) {
            HttpResponse<String> response = client.send(get(base, path), text());
            assertThat(response.body()).startsWith("fasterapi-core-");
            assertThat(response.version())
                    .isEqualTo(
                            http2
                                    ? java.net.http.HttpClient.Version.HTTP_2
                                    : java.net.http.HttpClient.Version.HTTP_1_1);
        }
        assertEchoesConcurrently(client, base);
        assertThat(application.published()).isEqualTo(3 + 40);
        application.awaitIdle();
    }

    private static void assertEchoesConcurrently(java.net.http.HttpClient client, URI base) {
        List<CompletableFuture<HttpResponse<String>>> pending =
                IntStream.range(0, 40)
                        .mapToObj(i -> client.sendAsync(echo(base, i), text()))
                        .toList();
        for (int i = 0; i < 40; i++) {
            HttpResponse<String> response = pending.get(i).orTimeout(90, SECONDS).join();
            assertThat(response.body()).isEqualTo(body(i));
        }
    }

    private static HttpRequest get(URI base, String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).build();
    }

    private static HttpRequest echo(URI base, int number) {
        return HttpRequest.newBuilder(
                        base.resolve(number % 2 == 0 ? "/direct/echo" : "/webflux/echo"))
                .timeout(LIMIT)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(body(number)))
                .build();
    }

    private static String body(int number) {
        return ("body " + number + " ").repeat(500);
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        FastRoutes routes() {
            return FastRoutes.builder()
                    .get(
                            "/direct",
                            (request, response) -> response.text(Thread.currentThread().getName()))
                    .post(
                            "/direct/echo",
                            (request, response) ->
                                    response.header("Content-Type", "text/plain")
                                            .bytes(request.body()))
                    .build();
        }

        @GetMapping("/webflux")
        String webFlux() {
            return Thread.currentThread().getName();
        }

        @PostMapping("/webflux/echo")
        String echo(@RequestBody String body) {
            return body;
        }
    }
}
