package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.Batchers;
import io.fasterapi.placement.Refused;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.webflux.route.FasterApiEndpoint;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the documentation says of the report and of the meters is so in a running application. */
@TestPropertySource(
        properties = {
            "fasterapi.placement.default=auto",
            "fasterapi.limits.connections=1000",
            "management.metrics.distribution.percentiles-histogram.http.server.requests=true"
        })
class ObservabilityDocsTest extends OnRealPort {

    private static final Pattern NAME = Pattern.compile("\\b(fasterapi|http_server)_[a-z_]+");
    private static final Pattern PROMQL = Pattern.compile("(?s)```promql\n(.*?)```");

    @Autowired private Batchers batchers;
    @Autowired private ServerParts parts;

    @Test
    void exampleOfTheReportHasTheShapeOfARealOne() throws Exception {
        JsonNode example;
        try (var source = new ClassPathResource("docs/report.json").getInputStream()) {
            example = new JsonMapper().readTree(source);
        }
        JsonNode real = json(get("/actuator/fasterapi"));
        assertThat(names(example)).isEqualTo(names(real));
        for (JsonNode route : example.get("routes")) {
            JsonNode same = find(real.get("routes"), route);
            assertThat(names(route)).isEqualTo(names(same));
            for (String field : List.of("handler", "lane", "placement", "reason")) {
                assertThat(route.get(field)).as(field).isEqualTo(same.get(field));
            }
            assertThat(names(same)).allSatisfy(field -> assertThat(page()).contains("`" + field));
        }
        Set<String> move = new TreeSet<>();
        for (RecordComponent each : FasterApiEndpoint.Move.class.getRecordComponents()) {
            move.add(each.getName());
        }
        assertThat(example.get("moves"))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(names(each)).isEqualTo(move));
    }

    private static JsonNode find(JsonNode routes, JsonNode wanted) {
        for (JsonNode each : routes) {
            if (each.get("method").equals(wanted.get("method"))
                    && each.get("pattern").equals(wanted.get("pattern"))) {
                return each;
            }
        }
        throw new AssertionError("the quickstart has no route as in the example: " + wanted);
    }

    private static Set<String> names(JsonNode node) {
        return new TreeSet<>(node.propertyNames());
    }

    @Test
    void expressionsAndAlertsNameRealSeries() throws Exception {
        batchers.create("docs", BatchOptions.defaults(), BatchFunction.ofList(all -> all));
        for (Refused cause : Refused.values()) {
            parts.placements().of("GET", "/docs", null).load().refuse(cause);
        }
        assertThat(get("/json").statusCode()).isEqualTo(200);
        Set<String> scraped = new TreeSet<>();
        get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> scraped.add(line.split("[{ ]")[0]));

        assertThat(scraped).containsAll(named(promql()));
        assertThat(scraped)
                .containsAll(
                        named(Files.readString(Documentation.ROOT.resolve("docs/alerts.yml"))));
    }

    private static Set<String> named(String text) {
        Set<String> names = new TreeSet<>();
        Matcher found = NAME.matcher(text);
        while (found.find()) {
            names.add(found.group());
        }
        assertThat(names).hasSizeGreaterThan(3);
        return names;
    }

    /** Every expression of every page. */
    private static String promql() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<java.nio.file.Path> pages = Files.list(Documentation.ROOT.resolve("docs"))) {
            for (var page : pages.filter(each -> each.toString().endsWith(".md")).toList()) {
                Matcher found = PROMQL.matcher(Files.readString(page));
                while (found.find()) {
                    all.add(found.group(1));
                }
            }
        }
        return String.join("\n", all);
    }

    private static String page() {
        try {
            return Files.readString(Documentation.ROOT.resolve("docs/observability.md"));
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }
}
