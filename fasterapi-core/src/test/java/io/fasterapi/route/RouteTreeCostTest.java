package io.fasterapi.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fasterapi.http.FastHandler;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a search may cost: characters looked at, and bytes allocated. */
class RouteTreeCostTest {

    private static final FastHandler HANDLER = (req, res) -> res.end();

    /** A path that counts how often one of its characters is read. */
    private static final class CountingPath implements CharSequence {

        private final String path;
        private long reads;

        CountingPath(String path) {
            this.path = path;
        }

        @Override
        public int length() {
            return path.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return path.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return path.subSequence(start, end);
        }

        @Override
        public String toString() {
            return path;
        }
    }

    @Test
    void readsNoMoreCharactersThanPathAndTreeHave() {
        RouteTree tree = everyMixOfLiteralsAndVariables(10);
        long treeSize = tree.routes().stream().mapToLong(r -> r.template().length()).sum();
        RouteMatch match = tree.newMatch();
        for (String path :
                List.of(
                        "/x".repeat(10) + "/nowhere",
                        "/x".repeat(9) + "/y",
                        "/x".repeat(2_000),
                        "/" + "x".repeat(100_000),
                        "/x".repeat(9) + "/" + "y".repeat(100_000),
                        ("/" + "x".repeat(10_000)).repeat(11))) {
            CountingPath counting = new CountingPath(path);
            assertThat(tree.match("GET", counting, match)).isNull();
            assertThat(counting.reads).isLessThanOrEqualTo(path.length() + 4 * treeSize);
        }
    }

    @Test
    void leavesOutWhatCannotWin() {
        RouteTree tree = everyMixOfLiteralsAndVariables(10);
        CountingPath path = new CountingPath("/x".repeat(10) + "/end");
        Route found = tree.match("GET", path, tree.newMatch());
        assertThat(found).hasToString("GET " + path);
        assertThat(path.reads).isLessThan(4L * path.length());
    }

    @Test
    void walksALongChainOfVariablesOnce() {
        List<Route> routes = new ArrayList<>();
        StringBuilder template = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            template.append("/{v").append(i).append("}/x");
            routes.add(Route.of("GET", template.toString(), null, HANDLER));
            routes.add(Route.of("GET", template + "/x/end", null, HANDLER));
        }
        RouteTree tree = RouteTree.of(routes);
        CountingPath path = new CountingPath("/x".repeat(400) + "/y");
        assertThat(tree.match("GET", path, tree.newMatch())).isNull();
        assertThat(path.reads).isLessThan(4L * path.length());
    }

    @Test
    void allocatesNothing() {
        RouteTree tree = everyMixOfLiteralsAndVariables(6);
        RouteMatch match = tree.newMatch();
        String[] paths = {"/x/x/x/x/x/x/end", "/a/b/c/d/e/f/end", "/x/y/x/y/x/y", "/nothing"};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        matchAll(tree, match, paths, 20_000);
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        int found = matchAll(tree, match, paths, 10_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(found).isEqualTo(5_000);
        assertThat(allocated).isLessThan(1_000);
    }

    private static int matchAll(RouteTree tree, RouteMatch match, String[] paths, int times) {
        int found = 0;
        for (int i = 0; i < times; i++) {
            if (tree.match("GET", paths[i % paths.length], match) != null) {
                found++;
            }
        }
        return found;
    }

    /** All 2^n templates of n segments, each x or a variable, with a last segment "end". */
    private static RouteTree everyMixOfLiteralsAndVariables(int segments) {
        List<Route> routes = new ArrayList<>();
        for (int mix = 0; mix < 1 << segments; mix++) {
            StringBuilder template = new StringBuilder();
            for (int i = 0; i < segments; i++) {
                template.append((mix >> i & 1) == 0 ? "/x" : "/{v" + i + "}");
            }
            routes.add(Route.of("GET", template + "/end", null, HANDLER));
        }
        return RouteTree.of(routes);
    }
}
