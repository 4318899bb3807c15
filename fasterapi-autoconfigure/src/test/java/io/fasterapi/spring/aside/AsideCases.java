package io.fasterapi.spring.aside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What production answers, and every other way to the same application must, too. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class AsideCases {

    private static final int WRITERS = 4;
    private static final int WRITES = 100;

    abstract WebTestClient client();

    abstract ApplicationContext context();

    final String get(String path) {
        return client().get()
                .uri(path)
                .header("account", "7")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private String post(String path, MediaType type, String body) {
        return client().post()
                .uri(path)
                .contentType(type)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void aBatchHandlerTakesOneItemAndNoList() {
        assertThat(post("/orders", MediaType.APPLICATION_JSON, "{\"name\":\"a\"}"))
                .isEqualTo("{\"name\":\"a\"}");
        client().post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("[{\"name\":\"a\"}]")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("400"));
    }

    @Test
    void theCountersOfTheReadme() {
        for (int i = 1; i <= 3; i++) {
            for (String name : List.of("one", "other")) {
                assertThat(post("/counters/" + name, MediaType.TEXT_PLAIN, ""))
                        .isEqualTo("{\"name\":\"" + name + "\",\"value\":" + i + "}");
            }
        }
        assertThat(get("/counters")).isEqualTo("{\"one\":3,\"other\":3}");
    }

    @Test
    void alsoAfterTheBodyHasCome() {
        assertThat(post("/echo", MediaType.TEXT_PLAIN, "none")).isEqualTo("none 0");
        assertThat(post("/form", MediaType.APPLICATION_FORM_URLENCODED, "name=a")).isEqualTo("a 0");
        assertThat(post("/function", MediaType.TEXT_PLAIN, "a")).isEqualTo("core core");
    }

    @Test
    void whoMayWaitForTheCoresIsOnNone() {
        assertThat(get("/waits")).isEqualTo("here no core");
    }

    @Test
    void aBeanOfTheCoresScope() {
        assertThat(get("/tally")).isEqualTo("core counted");
    }

    @Test
    void oneWriterForAKey() throws Exception {
        writeAll(() -> get("/accounts"));
        assertThat(get("/accounts")).isEqualTo("core " + (WRITERS * WRITES + 1));
    }

    @Test
    void oneWriterForAKeyInTheBody() throws Exception {
        writeAll(() -> post("/bookings", MediaType.APPLICATION_JSON, "{\"user\":\"a\"}"));
        assertThat(post("/bookings", MediaType.APPLICATION_JSON, "{\"user\":\"a\"}"))
                .isEqualTo("core a " + (WRITERS * WRITES + 1));
    }

    private static void writeAll(Runnable write) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                all.add(
                        writers.submit(
                                () -> {
                                    for (int n = 0; n < WRITES; n++) {
                                        write.run();
                                    }
                                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            writers.shutdownNow();
        }
    }
}
