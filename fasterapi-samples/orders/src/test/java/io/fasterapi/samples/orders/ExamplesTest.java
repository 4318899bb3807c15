package io.fasterapi.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of the documentation that need no database, on a real port. */
@SpringBootTest(
        classes = ExamplesTest.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.sql.init.mode=never")
@ActiveProfiles("placement")
class ExamplesTest {

    @TempDir private static Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort private int port;

    @DynamicPropertySource
    static void files(DynamicPropertyRegistry registry) {
        registry.add("orders.files", folder::toString);
        registry.add("orders.reports", folder::toString);
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(request(path)).body();
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        return answer(path, body).body();
    }

    private HttpResponse<String> answer(String path, String body)
            throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void lanesAndPlacements() throws Exception {
        Files.writeString(folder.resolve("2026.txt"), "a good year");
        assertThat(get("/prices/tea")).isEqualTo("{\"article\":\"tea\",\"cents\":300}");
        assertThat(get("/reports/2026")).isEqualTo("a good year");
        assertThat(get("/reports")).isEqualTo("[2025,2026]");

        JsonNode report = JsonMapper.shared().readTree(get("/actuator/fasterapi"));
        assertThat(row(report, "/prices/{article}")).isEqualTo("direct, inline");
        assertThat(row(report, "/reports/{year}")).isEqualTo("direct, virtual");
        assertThat(row(report, "/reports")).as("the property wins").isEqualTo("direct, virtual");
    }

    private static String row(JsonNode report, String pattern) {
        for (JsonNode route : report.get("routes")) {
            if (route.get("pattern").asString().equals(pattern)) {
                return route.get("lane").asString() + ", " + route.get("placement").asString();
            }
        }
        throw new AssertionError("not in the report: " + pattern);
    }

    @Test
    void fastRoutes() throws Exception {
        Files.writeString(folder.resolve("catalogue.pdf"), "pages");
        assertThat(send(request("/catalogue")).headers().firstValue("Content-Type"))
                .contains("text/csv;charset=UTF-8");
        assertThat(get("/catalogue")).isEqualTo("coffee\ntea\n");
        assertThat(get("/catalogue/search?q=tea")).isEqualTo("{\"names\":[\"coffee\",\"tea\"]}");
        assertThat(get("/catalogue/search")).isEqualTo("q: missing");
        assertThat(get("/catalogue/tea/stock")).isEqualTo("3");
        assertThat(get("/catalogue.pdf")).isEqualTo("pages");
    }

    @Test
    void shards() throws Exception {
        assertThat(post("/catalogue/tea/visits", "")).isEqualTo("1");
        assertThat(post("/catalogue/tea/visits", "")).isEqualTo("2");
        assertThat(post("/carts/ann/2", "")).isEqualTo("2");
        assertThat(post("/carts/ann/3", "")).isEqualTo("5");
        assertThat(post("/carts/bob/1", "")).isEqualTo("1");
    }

    @Test
    void batches() throws Exception {
        String quote = "{\"currency\":\"EUR\",\"cents\":7}";
        assertThat(post("/quotes", quote)).isEqualTo(quote.replace("7", "21"));
        assertThat(answer("/quotes", quote.replace("7", "-7")).statusCode()).isEqualTo(400);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = R2dbcAutoConfiguration.class)
    @Import({
        PriceController.class,
        ReportController.class,
        Carts.class,
        CartController.class,
        CatalogueRoutes.class,
        QuoteController.class
    })
    static class Application {}
}
