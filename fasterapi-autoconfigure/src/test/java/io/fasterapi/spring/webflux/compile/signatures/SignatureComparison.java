package io.fasterapi.spring.webflux.compile.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fasterapi.spring.equality.Comparison;
import io.fasterapi.spring.equality.EqualityCase;
import io.fasterapi.spring.equality.RepeatedCases;
import io.fasterapi.spring.equality.Response;
import io.fasterapi.spring.equality.Server;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Plays every row of the table against stock and against ours, three times in turn on connections
 * of their own, and asks the counters which lane served them.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SignatureComparison {

    private static final int TIMES = 3;

    /** What a route may need to see of WebFlux before a fast lane knows its answer. */
    private static final int LEARNING = 1;

    private static final double MOST_ON_WEBFLUX = 0.05;

    private final List<Row> rows = rows();
    private Server stock;
    private Server ours;

    /** The application. */
    abstract List<Class<?>> sources();

    abstract List<String> properties();

    abstract List<Row> rows();

    /** Requests that no mapping of a controller answers; their rows are named as they please. */
    List<Row> others() {
        return List.of();
    }

    /** The rows that even stock refuses, with its status. */
    List<String> refusedByStock() {
        return List.of(
                "404 GET /api/accounts/missing",
                "409 GET /cond/problem",
                "409 GET /failing/later",
                "409 GET /failing/now");
    }

    int leastMappings() {
        return 150;
    }

    /** Mappings that can not be compiled, each with a part of the reason that the report gives. */
    Map<String, String> leftToWebFlux() {
        return Map.of();
    }

    @BeforeAll
    void start() {
        stock = start("fasterapi.enabled=false");
        ours = start("fasterapi.enabled=" + !Comparison.isStockOnly());
    }

    private Server start(String property) {
        List<String> all = Stream.concat(properties().stream(), Stream.of(property)).toList();
        return Server.start(sources(), all);
    }

    @AfterAll
    void close() {
        ours.close();
        stock.close();
    }

    @TestFactory
    Stream<DynamicTest> theAnswerIsStocksAndTheLaneIsTheReports() {
        return IntStream.range(0, rows.size())
                .mapToObj(
                        i ->
                                DynamicTest.dynamicTest(
                                        rows.get(i).toString(), () -> compare(i, rows.get(i))));
    }

    @TestFactory
    Stream<DynamicTest> whatIsOfNoControllerIsStocks() {
        return IntStream.range(0, others().size())
                .mapToObj(
                        i ->
                                DynamicTest.dynamicTest(
                                        others().get(i).toString(),
                                        () -> comparison().play(thrice(-1 - i, others().get(i)))));
    }

    private Comparison comparison() {
        return new Comparison(stock, ours, getClass().getSimpleName());
    }

    private void compare(int number, Row row) {
        EqualityCase thrice = thrice(number, row);
        Map<Lane, Long> before = calls();

        comparison().play(thrice);

        assertServed(row, before);
    }

    private static EqualityCase thrice(int number, Row row) {
        EqualityCase thrice = EqualityCase.named(number + " " + row).withoutProbe();
        RepeatedCases.inTurn(thrice, Collections.nCopies(TIMES, row.request()), true);
        return thrice;
    }

    private void assertServed(Row row, Map<Lane, Long> before) {
        if (Comparison.isStockOnly()) {
            return;
        }
        RouteReport route = report().get(row.mapping());
        assertThat(route).as("the report's line for %s", row.mapping()).isNotNull();
        Map<Lane, Long> after = calls();
        Lane lane = Lane.valueOf(route.lane().toUpperCase(Locale.ROOT));
        if (lane != Lane.WEBFLUX) {
            assertThat(after.get(lane) - before.get(lane))
                    .as("calls on the lane of %s, before %s, after %s", route, before, after)
                    .isBetween((long) TIMES - LEARNING, (long) TIMES);
        }
    }

    private Map<Lane, Long> calls() {
        if (Comparison.isStockOnly()) {
            return Map.of();
        }
        ControllerRoutes routes = ours.bean(ControllerRoutes.class);
        return Stream.of(Lane.values())
                .collect(Collectors.toMap(lane -> lane, routes.counters()::calls));
    }

    /** The report by mapping; mappings that differ in a condition alone share a line. */
    final Map<String, RouteReport> report() {
        assumeThat(Comparison.isStockOnly()).isFalse();
        return ours.bean(ControllerRoutes.class).report().stream()
                .filter(route -> route.handler().contains("#")) // methods
                .collect(
                        Collectors.toMap(
                                route -> route.method() + " " + route.pattern(),
                                route -> route,
                                (one, other) -> one,
                                TreeMap::new));
    }

    @Test
    void atMostOneInTwentyIsLeftToWebFlux() {
        assumeThat(Comparison.isStockOnly()).isFalse();
        Map<String, String> expected = leftToWebFlux();
        List<RouteReport> all = ours.bean(ControllerRoutes.class).report();
        List<RouteReport> left =
                all.stream().filter(route -> route.lane().equals("webflux")).toList();

        assertThat(left)
                .allSatisfy(
                        route ->
                                assertThat(route.reason())
                                        .as("why %s %s is left", route.method(), route.pattern())
                                        .contains(
                                                expected.getOrDefault(
                                                        route.method() + " " + route.pattern(),
                                                        "a reason that this test knows")));
        assertThat((double) left.size() / all.size())
                .as("share of the %d mappings", all.size())
                .isLessThanOrEqualTo(MOST_ON_WEBFLUX);
    }

    /** Else the comparison would be one of error pages. */
    @Test
    void theRequestsAreAnswered() {
        List<String> refused = new ArrayList<>();
        for (Row row : rows) {
            EqualityCase once = EqualityCase.named("once " + row).requests(row.request());
            Response answer = stock.answers(once.withoutProbe()).responses().get(0);
            if (answer.status() >= 400) {
                refused.add(answer.status() + " " + row.mapping());
            }
        }
        assertThat(refused).containsExactlyInAnyOrderElementsOf(refusedByStock());
    }

    /** Else the share would be one of mappings that nobody asks. */
    @Test
    void everyMappingHasARow() {
        assertThat(report().keySet())
                .isEqualTo(
                        rows.stream()
                                .map(Row::mapping)
                                .collect(Collectors.toCollection(TreeSet::new)))
                .hasSizeGreaterThanOrEqualTo(leastMappings());
    }
}
