package io.fasterapi.bench.jmh;

import io.fasterapi.route.Route;
import io.fasterapi.route.RouteMatch;
import io.fasterapi.route.RouteTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to find the route of a request among 10 to 10,000. Each call asks for another path,
 * in an order that cannot be foreseen. A thread has a cursor of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m"})
public class RouteMatchBenchmark {

    private static final int PATHS = 4096;
    private static final int ROUTES_OF_A_SERVICE = 20;

    @Param({"10", "100", "1000", "10000"})
    public int routes;

    private final String[] literalPaths = new String[PATHS];
    private final String[] variablePaths = new String[PATHS];
    private final String[] unknownPaths = new String[PATHS];
    private RouteTree tree = RouteTree.of(List.of());
    private RouteMatch match = tree.newMatch();
    private int next;

    @Setup
    public void build() {
        List<Route> all = new ArrayList<>();
        for (int i = 0; i < routes; i++) {
            String template = i % 2 == 0 ? literal(i) : variable(i, "{id}", "{item}");
            all.add(Route.of("GET", template, null, (request, response) -> response.end()));
        }
        tree = RouteTree.of(all);
        match = tree.newMatch();
        Random random = new Random(42);
        for (int i = 0; i < PATHS; i++) {
            int even = 2 * random.nextInt(routes / 2);
            literalPaths[i] = literal(even);
            variablePaths[i] = variable(even + 1, "" + random.nextInt(100_000), "item" + i);
            unknownPaths[i] = literal(even) + "/none";
        }
        check(literalPaths[0], true);
        check(variablePaths[0], true);
        check(unknownPaths[0], false);
    }

    private void check(String path, boolean known) {
        if ((tree.match("GET", path, match) != null) != known) {
            throw new IllegalStateException(
                    "path: " + path + " (expected: a route: " + known + ")");
        }
    }

    private static String literal(int i) {
        return "/service" + i / ROUTES_OF_A_SERVICE + "/resource" + i + "/list";
    }

    private static String variable(int i, String id, String item) {
        return "/service" + i / ROUTES_OF_A_SERVICE + "/resource" + i + "/" + id + "/items/" + item;
    }

    private String next(String[] paths) {
        return paths[next++ & (PATHS - 1)];
    }

    @Benchmark
    public @Nullable Route literal() {
        return tree.match("GET", next(literalPaths), match);
    }

    /** Two variables, and their values. */
    @Benchmark
    public void variables(Blackhole hole) {
        hole.consume(tree.match("GET", next(variablePaths), match));
        hole.consume(match.variable(0));
        hole.consume(match.variable(1));
    }

    /** A path that no route has, but for its last segment. */
    @Benchmark
    public @Nullable Route unknown() {
        return tree.match("GET", next(unknownPaths), match);
    }
}
