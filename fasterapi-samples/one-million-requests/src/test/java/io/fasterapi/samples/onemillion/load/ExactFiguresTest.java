package io.fasterapi.samples.onemillion.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.samples.onemillion.OneMillionRequestsApplication;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class ExactFiguresTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String STATS =
            "{\"totalRequests\":%s,\"uniqueUsers\":%s,\"sum\":%s,\"avg\":%s}";

    @ParameterizedTest
    @CsvSource({"sharded, 20000", "shared, 3000", "stock, 3000"})
    void everyFigureIsExact(String profile, int requests) throws Exception {
        try (ConfigurableApplicationContext application = start(profile)) {
            int port =
                    application
                            .getEnvironment()
                            .getRequiredProperty("local.server.port", Integer.class);
            assertThat(send(port, "GET", "/health", "").statusCode()).isEqualTo(200);
            assertThat(stats(port)).isEqualTo(STATS.formatted(0, 0, "0.0", "0.0"));

            assertThat(run(port, requests)).contains("average 500.000", "exact");
            refuses(port);
            assertThat(Figures.ask(port)).isEqualTo(Figures.expected(requests));

            counts(port);
            assertThat(run(port, 1_234)).contains("users 1,234", "exact");
        }
    }

    private static ConfigurableApplicationContext start(String profile) {
        return new SpringApplicationBuilder(OneMillionRequestsApplication.class)
                .profiles(profile)
                .run("--server.port=0");
    }

    /** Returns what the client prints; it begins with a reset. */
    private static String run(int port, int requests) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        LoadOptions options = new LoadOptions(port, requests, 100, 1, 0, true);
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            assertThat(new LoadClient(options, out).run()).isTrue();
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static void refuses(int port) throws Exception {
        for (String body :
                List.of(
                        "",
                        "{",
                        "no JSON",
                        "[]",
                        "{\"userId\":\"\",\"value\":1}",
                        "{\"userId\":null,\"value\":1}",
                        "{\"value\":1}",
                        "{\"userId\":\"user_1\",\"value\":\"much\"}")) {
            assertThat(send(port, "POST", "/event", body).statusCode()).as(body).isEqualTo(400);
        }
    }

    /** Also bodies that come in chunks, for which no core is the right one. */
    private static void counts(int port) throws Exception {
        send(port, "POST", "/reset", "");
        for (int i = 0; i < 4; i++) {
            String body = "{\"userId\":\"user_" + i % 2 + "\",\"value\":42.5}";
            HttpResponse<String> answer = send(port, "POST", "/event", body);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(chunked(port, body).statusCode()).isEqualTo(200);
        }
        assertThat(stats(port)).isEqualTo(STATS.formatted(8, 2, "340.0", "42.5"));
    }

    private static String stats(int port) throws Exception {
        return send(port, "GET", "/stats", "").body();
    }

    private static HttpResponse<String> send(int port, String method, String path, String body)
            throws Exception {
        return send(
                port,
                method,
                path,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> chunked(int port, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        BodyPublisher inChunks = BodyPublishers.ofByteArrays(List.of(bytes));
        return send(port, "POST", "/event", inChunks);
    }

    private static HttpResponse<String> send(
            int port, String method, String path, BodyPublisher body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .method(method, body)
                        .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
