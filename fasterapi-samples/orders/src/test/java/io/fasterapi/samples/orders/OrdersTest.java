package io.fasterapi.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.batch.BatchCounters;
import io.fasterapi.batch.Batchers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Orders on a real port and in a real database: each exactly once, whichever way it goes. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrdersTest {

    private static final int ORDERS = 400;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort private int port;
    @Autowired private OrderStore store;
    @Autowired private Batchers batchers;

    @BeforeEach
    void clear() {
        store.clear().block();
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String order(long reference) {
        return "{\"reference\":" + reference + ",\"article\":\"tea\",\"quantity\":2}";
    }

    @Test
    void everyOrderIsThereOnceAndHasItsOwnReceipt() {
        long itemsBefore = counters().items();
        for (int first = 0; first < ORDERS; first += 50) {
            List<CompletableFuture<HttpResponse<String>>> answers =
                    LongStream.range(first, first + 50L)
                            .mapToObj(reference -> post("/orders", order(reference)))
                            .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).join().statusCode()).isEqualTo(201);
                assertThat(answers.get(i).join().body())
                        .contains("\"reference\":" + (first + i) + "}");
            }
        }

        assertThat(store.references().block())
                .containsExactlyElementsOf(LongStream.range(0, ORDERS).boxed().toList());
        BatchCounters counters = counters();
        assertThat(counters.items() - itemsBefore).isEqualTo(ORDERS);
        assertThat(counters.batches()).isLessThan(ORDERS);
    }

    @Test
    void openApiShowsOneOrderForEachRequest() {
        JsonNode post =
                JsonMapper.shared()
                        .readTree(get("/v3/api-docs").join().body())
                        .at("/paths/~1orders/post");

        assertThat(post.at("/requestBody/content/application~1json/schema/$ref").asString())
                .isEqualTo("#/components/schemas/Order");
        assertThat(post.at("/responses/201/content/*~1*/schema/$ref").asString())
                .isEqualTo("#/components/schemas/Receipt");
    }

    private BatchCounters counters() {
        return batchers.all().stream()
                .filter(batcher -> batcher.name().equals("POST /orders"))
                .findFirst()
                .orElseThrow()
                .counters();
    }

    @Test
    void anInvalidOrderIsRefusedAloneAsOneByOne() {
        String invalid = order(1).replace("tea", "");
        List<CompletableFuture<HttpResponse<String>>> answers =
                Stream.of(order(0), invalid, order(2)).map(body -> post("/orders", body)).toList();

        assertThat(answers.stream().map(answer -> answer.join().statusCode()))
                .containsExactly(201, 400, 201);
        assertThat(answers.get(1).join().body())
                .isEqualTo(
                        post("/orders/one-by-one", invalid)
                                .join()
                                .body()
                                .replace("/orders/one-by-one", "/orders"));
        assertThat(store.references().block()).containsExactly(0L, 2L);
    }

    @Test
    void aBatcherInCodeAndAHandlerAnswerAlike() {
        IntStream.range(0, 20)
                .forEach(
                        article -> {
                            String own = "" + article % 7;
                            for (String way : List.of("", "/batched", "/behind")) {
                                assertThat(get("/stock/" + article + way).join().body())
                                        .isEqualTo(own);
                            }
                        });
    }
}
