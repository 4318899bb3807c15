package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.ShardBy;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Every kind of key on controller methods, with the placement of all others inline. */
class ShardByTest {

    private static final int KEYS = 24;

    /** From 4.2.18 on Netty closes a connection that owes more than 128 answers. */
    private static final int PIPELINED = 100;

    private static RunningApplication application;

    @BeforeAll
    static void start() {
        application =
                RunningApplication.start(
                        Sharded.class,
                        "fasterapi.cores.count=4",
                        "fasterapi.placement.default=inline");
    }

    @AfterAll
    static void stop() {
        application.awaitIdle();
        application.close();
    }

    private static String core(Object key) {
        return application.bean(HandlerCores.class).coreOf(key).name();
    }

    /** Also the very first one, from which the route learns its answers' type. */
    @Test
    void everyRequestRunsOnTheCoreOfItsKey() throws IOException {
        Set<String> used = new HashSet<>();
        for (String accept : List.of("*/*", "text/plain", "text/*, */*;q=0.1")) {
            for (int i = 0; i < KEYS; i++) {
                String key = "key" + i;
                String core = core(key);
                used.add(core);
                String line = "Accept: " + accept;
                assertThat(text(request("GET", "/path/x/" + key, line))).isEqualTo(core);
                assertThat(text(request("GET", "/header", line, "x-KEY: " + key))).isEqualTo(core);
                assertThat(text(request("GET", "/query?a=1&key=" + key, line))).isEqualTo(core);
                assertThat(text(request("GET", "/own/" + key + "?key=other", line)))
                        .isEqualTo(core);
                assertThat(text(request("GET", "/class?key=" + key, line))).isEqualTo(core);
                assertThat(text(request("GET", "/later?key=" + key, line))).isEqualTo(core);
            }
        }
        assertThat(used).hasSize(4);
    }

    @Test
    void aKeyInTheBodyMayBeATextANumberOrADocument() throws IOException {
        for (int i = 0; i < KEYS; i++) {
            assertThat(text(json("/json", "{\"user\":{\"id\":\"u" + i + "\"},\"n\":1}")))
                    .isEqualTo(core("u" + i));
            assertThat(text(json("/json", "{\"n\":2,\"user\":{\"id\":" + i + "}}")))
                    .isEqualTo(core("" + i));
        }
        String first = text(json("/json", "{\"user\":{\"id\":{\"a\":1,\"b\":2}}}"));
        for (int i = 0; i < KEYS; i++) {
            assertThat(text(json("/json", "{\"user\":{\"id\":{\"b\":2,\"a\":1}}}")))
                    .isEqualTo(first);
        }
    }

    @Test
    void aRequestWithoutTheKeyRunsOnSomeCore() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(text(request("GET", "/header"))).startsWith("fasterapi-core-");
            assertThat(text(request("GET", "/query"))).startsWith("fasterapi-core-");
            assertThat(text(json("/json", "{\"user\":{\"id\":null}}")))
                    .startsWith("fasterapi-core-");
            assertThat(text(json("/json", "{}"))).startsWith("fasterapi-core-");
        }
    }

    @Test
    void aBodyThatIsNoJsonIsAnsweredAsWithoutAKey() throws IOException {
        for (String body : List.of("{\"user\":", "[1", "nothing", "{} {}")) {
            Answer answer = application.exchange(json("/json", body));
            String plain = application.exchange(json("/plain", body)).comparable();
            assertThat(answer.comparable()).isEqualTo(plain.replace("/plain", "/json"));
            assertThat(text(json("/raw", body))).isEqualTo(body);
        }
    }

    @Test
    void theReportSaysCore() {
        assertThat(application.bean(ControllerRoutes.class).report())
                .filteredOn(row -> row.handler().contains("ShardByTest"))
                .filteredOn(row -> !row.pattern().equals("/plain"))
                .hasSize(8)
                .allMatch(row -> row.lane().equals(laneOf(row.pattern())))
                .allMatch(row -> row.placement().equals("core"));
        assertThat(application.bean(ControllerRoutes.class).report())
                .filteredOn(row -> row.pattern().equals("/plain"))
                .extracting(RouteReport::placement)
                .containsExactly("inline");
    }

    /** One that answers later is observed. */
    private static String laneOf(String pattern) {
        return pattern.equals("/later") ? "filtered" : "direct";
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        try (RawConnection connection = application.connect()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < PIPELINED; i++) {
                requests.append(request("GET", "/path/x/key" + i % KEYS));
            }
            connection.send(requests.toString());
            for (int i = 0; i < PIPELINED; i++) {
                assertThat(connection.read().text()).isEqualTo(core("key" + i % KEYS));
            }
        }
    }

    private static String text(String request) throws IOException {
        Answer answer = application.exchange(request);
        assertThat(answer.status()).isEqualTo(200);
        return answer.text();
    }

    /** Keys of methods. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(OfClass.class)
    @RestController
    static class Sharded {

        private static String core() {
            return String.valueOf(HandlerCore.current());
        }

        @ShardBy(path = "id")
        @GetMapping("/path/{other}/{id}")
        String path(@PathVariable String other, @PathVariable String id) {
            return core();
        }

        @ShardBy(header = "X-Key")
        @GetMapping("/header")
        String header() {
            return core();
        }

        @ShardBy(query = "key")
        @GetMapping("/query")
        String query() {
            return core();
        }

        @ShardBy(query = "key")
        @GetMapping("/later")
        CompletableFuture<String> later() {
            return CompletableFuture.completedFuture(core());
        }

        @ShardBy(json = "/user/id")
        @PostMapping("/json")
        String json(@RequestBody Map<String, Object> body) {
            return core();
        }

        @ShardBy(json = "/user/id")
        @PostMapping("/raw")
        String raw(@RequestBody String body) {
            return body;
        }

        @PostMapping("/plain")
        String plain(@RequestBody Map<String, Object> body) {
            return core();
        }
    }

    /** The key of a class, and a method with one of its own. */
    @RestController
    @ShardBy(query = "key")
    static class OfClass {

        @GetMapping("/class")
        String ofClass() {
            return Sharded.core();
        }

        @ShardBy(path = "id")
        @GetMapping("/own/{id}")
        String own(@PathVariable String id) {
            return Sharded.core();
        }
    }
}
