package io.fasterapi.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RouteTreeRandomTest {

    private static final String[] LITERALS = {"a", "ab", "abc", "b", "ba", "x", "é", "a/b", "me"};
    private static final String[] METHODS = {"GET", "GET", "PUT", "HEAD", "DELETE"};
    private static final String[] ODD = {
        "", "%61", "a%2Fb", ";v=1", "a;v=1", "%C3%A9", "é", "%zz", "%", "a%62c", "+", "%2B", ".."
    };

    private static final int SETS = 3_000;
    private static final int PATHS = 60;

    @Test
    void agreesWithTheReferenceOnEveryPath() {
        Random random = new Random(20260101);
        int found = 0;
        for (int set = 0; set < SETS; set++) {
            List<Route> routes = routes(random);
            RouteTree tree = RouteTree.of(routes);
            ReferenceMatcher reference = new ReferenceMatcher(routes);
            RouteMatch match = tree.newMatch();
            for (int i = 0; i < PATHS; i++) {
                String path = path(random, routes);
                String method = METHODS[random.nextInt(METHODS.length)];
                String expected = describe(reference.match(method, path));
                tree.match(method, path, match);
                assertThat(describe(match)).as(method + " " + path + routes).isEqualTo(expected);
                found += match.route() == null ? 0 : 1;
            }
        }
        assertThat(found).as("matches, lest the test proves nothing").isGreaterThan(SETS * 10);
    }

    private static String describe(ReferenceMatcher.Found found) {
        return found == null ? "none" : found.route() + " " + found.values();
    }

    private static String describe(RouteMatch match) {
        return match.route() == null ? "none" : match.route() + " " + List.of(match.variables());
    }

    private static List<Route> routes(Random random) {
        Map<String, Route> routes = new LinkedHashMap<>();
        int count = 1 + random.nextInt(14);
        for (int i = 0; i < count; i++) {
            String method = METHODS[random.nextInt(METHODS.length)];
            Route route = Route.of(method, template(random), null, (req, res) -> res.end());
            routes.putIfAbsent(method + route.pathTemplate().key(), route);
        }
        return new ArrayList<>(routes.values());
    }

    private static String template(Random random) {
        StringBuilder template = new StringBuilder();
        int segments = random.nextInt(5);
        for (int i = 0; i < segments; i++) {
            template.append('/').append(random.nextInt(5) < 2 ? "{v" + i + "}" : literal(random));
        }
        String[] tails = {"/", "/**", "/{*rest}"};
        boolean tail = segments == 0 || random.nextInt(5) == 0;
        return template.append(tail ? tails[random.nextInt(3)] : "").toString();
    }

    private static String literal(Random random) {
        return LITERALS[random.nextInt(LITERALS.length)];
    }

    /** Half of the paths are made from a template, so that they have a chance. */
    private static String path(Random random, List<Route> routes) {
        StringBuilder path = new StringBuilder();
        if (random.nextBoolean()) {
            String template = routes.get(random.nextInt(routes.size())).template();
            for (String part : template.substring(1).split("/", -1)) {
                boolean literal = part.indexOf('{') < 0 && part.indexOf('*') < 0;
                path.append('/').append(literal ? part : segment(random));
            }
        }
        int segments = path.isEmpty() ? 1 + random.nextInt(5) : random.nextInt(10) / 8;
        for (int i = 0; i < segments; i++) {
            path.append('/').append(segment(random));
        }
        return path.toString();
    }

    private static String segment(Random random) {
        return random.nextInt(6) == 0 ? ODD[random.nextInt(ODD.length)] : literal(random);
    }
}
