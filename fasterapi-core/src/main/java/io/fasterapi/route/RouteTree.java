package io.fasterapi.route;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request by method and path. Immutable; all threads share it. Each searching
 * thread uses its own {@link RouteMatch}.
 */
public final class RouteTree {

    /*
     * A radix tree over the keys of the templates. An edge is a run of literal characters, or a
     * variable, which stands for one whole segment that is not empty. Wildcards are lists at the
     * node before them, because they take the rest of the path.
     *
     * The winner among several matching routes is decided at the start. Routes are sorted as Spring
     * sorts PathPatterns (PathTemplate.SPECIFICITY), and the index of a route is its place in that
     * order. Spring calls equals ambiguous; here the one with a literal in the earlier segment
     * wins. The search returns the matching route with the lowest index that has the method. So if
     * the most specific template lacks a method, less specific ones are searched. A HEAD request
     * accepts HEAD or GET routes; HEAD sorts first.
     *
     * The search is depth first, literals before variables. It skips every node below which no
     * index is lower than the one found. In common trees it follows one branch.
     *
     * Bounds: a variable takes exactly one segment and a literal exactly its length. So each node
     * can begin at only one place of the path, and a search enters it at most once from its one
     * parent; there is nothing to memoise. RouteMatch finds the ends of the segments in one pass
     * before. So a variable costs O(1) and a literal at most its label: O(path + tree) characters
     * in the worst case, never a product. The nodes on the stack lie on one branch in different
     * segments. So there are never more than the depth of the deepest variable. Nothing is
     * allocated unless the path needs decoding (RawPath).
     */
    private static final Comparator<Route> ORDER =
            Comparator.comparing(Route::pathTemplate, PathTemplate.SPECIFICITY)
                    .thenComparing(route -> !route.method().equals("HEAD"))
                    .thenComparing(route -> route.pathTemplate().key())
                    .thenComparing(Route::method);

    private final List<Route> routes;
    private final RouteNode root;
    private final int depth;

    private final FastThreadLocal<RouteMatch> cursors =
            new FastThreadLocal<>() {
                @Override
                protected RouteMatch initialValue() {
                    return newMatch();
                }
            };

    private RouteTree(List<Route> routes) {
        this.routes = routes;
        this.root = new RouteNode(routes, 0, 0);
        this.depth = routes.stream().mapToInt(r -> r.pathTemplate().depth()).max().orElse(0);
    }

    /**
     * Builds the tree of the given routes.
     *
     * @throws IllegalArgumentException if two routes have the same method and match the same paths
     */
    public static RouteTree of(List<Route> routes) {
        List<Route> sorted = new ArrayList<>(routes);
        sorted.sort(ORDER);
        for (int i = 0; i < sorted.size(); i++) {
            Route route = sorted.get(i);
            if (i > 0 && ORDER.compare(sorted.get(i - 1), route) == 0) {
                throw new IllegalArgumentException(
                        "route: "
                                + route
                                + " (expected: no other route for the same requests, but there is "
                                + sorted.get(i - 1)
                                + ")");
            }
            sorted.set(i, route.withIndex(i));
        }
        return new RouteTree(List.copyOf(sorted));
    }

    /** Returns all routes, more specific ones first, each at its {@link Route#index()}. */
    public List<Route> routes() {
        return routes;
    }

    /** Creates a cursor for searches in this tree. */
    public RouteMatch newMatch() {
        return new RouteMatch(this, depth);
    }

    /** Returns the calling thread's cursor. The next search on this thread overwrites it. */
    public RouteMatch cursor() {
        return cursors.get();
    }

    /**
     * Finds the route of a request.
     *
     * @param method the method as sent
     * @param path the raw path as sent, without the query
     * @param out a cursor of this tree; it holds the variables' values afterwards
     * @return the route, or null if none matches or the path is not legal
     */
    public @Nullable Route match(String method, CharSequence path, RouteMatch out) {
        if (!out.read(this, path)) {
            return null;
        }
        Route best = descend(root, 0, null, method, out);
        while (out.isWaiting()) {
            RouteNode node = out.pop();
            int index = out.endOfValue(node.segment);
            if (index >= 0) {
                best = descend(node, index, best, method, out);
            }
        }
        out.found(best);
        return best;
    }

    /**
     * Follows the literals from a node that ends at the index. Variables on the way are kept for
     * later.
     */
    private static @Nullable Route descend(
            RouteNode from, int start, @Nullable Route known, String method, RouteMatch out) {
        CharSequence text = out.text();
        Route best = known;
        RouteNode node = from;
        int index = start;
        while (node != null && isBefore(node, best)) {
            boolean ended = index == text.length();
            if (ended || text.charAt(index) == '/') {
                best = better(best, node.wildcards, method);
            }
            if (ended) {
                return better(best, node.ends, method);
            }
            RouteNode variable = node.variable;
            if (variable != null && isBefore(variable, best)) {
                out.push(variable);
            }
            node = node.literal(text, index);
            index += node == null ? 0 : node.length();
        }
        return best;
    }

    private static boolean isBefore(RouteNode node, @Nullable Route best) {
        return best == null || node.lowest < best.index();
    }

    private static @Nullable Route better(@Nullable Route best, Route[] routes, String method) {
        for (Route route : routes) {
            if (best != null && best.index() < route.index()) {
                return best;
            }
            if (answers(route, method)) {
                return route;
            }
        }
        return best;
    }

    private static boolean answers(Route route, String method) {
        return method.equals(route.method())
                || (method.equals("HEAD") && route.method().equals("GET"));
    }
}
