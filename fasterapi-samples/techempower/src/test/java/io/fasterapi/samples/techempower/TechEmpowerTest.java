package io.fasterapi.samples.techempower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.samples.techempower.verify.Verifier;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One PostgreSQL, started by the application itself, for all of these. */
class TechEmpowerTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static ConfigurableApplicationContext application;

    /** One connection, so that one backend of the database counts everything. */
    @BeforeAll
    static void start() {
        application =
                start(
                        "--spring.r2dbc.pool.initial-size=1",
                        "--spring.r2dbc.pool.min-idle=1",
                        "--spring.r2dbc.pool.max-size=1");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static ConfigurableApplicationContext start(String... properties) {
        List<String> all = new ArrayList<>(List.of("--server.port=0"));
        all.addAll(List.of(properties));
        return new SpringApplicationBuilder(TechEmpowerApplication.class)
                .web(WebApplicationType.REACTIVE)
                .run(all.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static Connection database() throws SQLException {
        return application.getBean(EmbeddedPostgres.class).getPostgresDatabase().getConnection();
    }

    @Test
    void holdsAllRules() {
        assertThat(new Verifier(port(application)).broken()).isEmpty();
    }

    /** Another database by its properties, many connections, and no cores to batch on. */
    @Test
    void holdsAllRulesAsStockOnAnotherDatabase() throws Exception {
        int databasePort = application.getBean(EmbeddedPostgres.class).getPort();
        try (ConfigurableApplicationContext stock =
                start(
                        "--fasterapi.enabled=false",
                        "--spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:"
                                + databasePort
                                + "/postgres",
                        "--spring.r2dbc.username=postgres",
                        "--spring.r2dbc.password=postgres")) {
            assertThat(stock.getBeanNamesForType(EmbeddedPostgres.class)).isEmpty();
            assertThat(new Verifier(port(stock)).broken()).isEmpty();
            load(port(stock));
        }
    }

    @Test
    void answersEveryRequestOfManyAtOnce() {
        load(port(application));
    }

    private static void load(int port) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            answers.add(
                    HTTP.sendAsync(request(port, "/updates?queries=20"), BodyHandlers.ofString()));
            answers.add(
                    HTTP.sendAsync(request(port, "/queries?queries=20"), BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(answer.join().body())).hasSize(20);
        }
    }

    @Test
    void updatesAreInTheDatabaseWhenTheyAreAnswered() throws Exception {
        for (int round = 0; round < 5; round++) {
            JsonNode rows = JSON.readTree(get("/updates?queries=50"));
            try (Connection connection = database();
                    Statement statement = connection.createStatement()) {
                for (JsonNode row : rows) {
                    String sql = "SELECT randomnumber FROM world WHERE id = " + row.get("id");
                    assertThat(number(statement, sql)).isEqualTo(row.get("randomNumber").asLong());
                }
            }
        }
    }

    /**
     * A row of /queries is a look into the index of its own, a row of /updates is written once, and
     * cached rows are not read at all. A backend tells what it counted once a second, when it next
     * ends a statement: so requests for one more row follow until the sums agree.
     */
    @Test
    void theDatabaseCountsOneStatementPerRow() throws Exception {
        long[] before = settledCounts();
        for (int i = 0; i < 10; i++) {
            get("/queries?queries=20");
            get("/cached-queries?count=20");
        }
        awaitCounts(before, 200, 0);

        before = settledCounts();
        for (int i = 0; i < 5; i++) {
            get("/updates?queries=20");
        }
        long written = before[1] + 100;
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> {
                            get("/db");
                            return counts()[1] >= written;
                        });
        assertThat(counts()[1]).isEqualTo(written);
    }

    private static void awaitCounts(long[] before, int read, int written) {
        int[] more = {0};
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(
                        () -> {
                            get("/db");
                            more[0]++;
                            assertThat(counts())
                                    .containsExactly(
                                            before[0] + read + more[0], before[1] + written);
                        });
    }

    /** Returns the counts once the backend has told all: nothing comes with one more row. */
    private static long[] settledCounts() throws Exception {
        long[][] last = {counts()};
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(1200))
                .until(
                        () -> {
                            get("/db");
                            long[] now = counts();
                            boolean settled = now[0] == last[0][0] + 1 && now[1] == last[0][1];
                            last[0] = now;
                            return settled;
                        });
        return last[0];
    }

    private static long[] counts() throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement()) {
            String from = " FROM pg_stat_user_tables WHERE relname = 'world'";
            return new long[] {
                number(statement, "SELECT idx_scan" + from),
                number(statement, "SELECT n_tup_upd" + from)
            };
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static String get(String path) throws Exception {
        HttpResponse<String> answer =
                HTTP.send(request(port(application), path), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void everyMethodIsServedOnTheLaneThatItsValueAllows() throws Exception {
        for (String path : List.of("/json", "/plaintext")) {
            get(path);
            get(path);
            assertThat(served(get("/actuator/fasterapi"), path, "direct")).isPositive();
        }
        for (String path : List.of("/db", "/queries", "/updates", "/cached-queries", "/fortunes")) {
            get(path);
            assertThat(served(get("/actuator/fasterapi"), path, "filtered")).isPositive();
        }
    }

    /** Returns how many requests the reported lane has answered. */
    private static long served(String report, String path, String lane) {
        for (JsonNode route : JSON.readTree(report).get("routes")) {
            if (route.get("pattern").asString().equals(path)) {
                assertThat(route.get("lane").asString()).as(path).isEqualTo(lane);
                return route.get("calls").path(lane).asLong();
            }
        }
        throw new AssertionError("no route " + path);
    }

    @Test
    void thePoolIsInTheMeters() throws Exception {
        JsonNode size = JSON.readTree(get("/actuator/metrics/r2dbc.pool.max.allocated"));
        assertThat(size.get("measurements").get(0).get("value").asInt()).isEqualTo(1);
    }
}
