package io.fasterapi.route;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request among all that were registered. Immutable, shared by all threads;
 * each thread that searches brings its own {@link RouteMatch}.
 */
public final class RouteTree {

    /*
     * A radix tree over the templates' keys: an edge is a run of literal characters or a variable,
     * which stands for one whole segment that is not empty. Wildcards are lists at the node that
     * they follow, since they swallow the rest of the path.
     *
     * Which of several matching routes wins is decided before the first request: the routes are
     * sorted as Spring sorts PathPatterns (PathTemplate.SPECIFICITY) and a route's index is its
     * place. Between equals, which Spring calls ambiguous, the literal in the earlier segment wins.
     * The search returns the matching route of the lowest index that has the method; so a method
     * that the most specific template lacks is looked for in the less specific ones, and a HEAD
     * request is content with HEAD or GET, where HEAD sorts first.
     *
     * The search is depth first, literals before variables, and leaves out every node below which
     * no index is lower than the one already found. In common trees it walks down one branch.
     *
     * Bounds. A variable takes exactly one segment and a literal exactly its length, so there is
     * only one place in the path at which a node can begin, and as a tree's node it is reached from
     * its one parent only: a search enters each node at most once, whatever the path. There is
     * nothing to memoise. RouteMatch finds the ends of the segments in one pass beforehand, so a
     * variable costs O(1), a literal at most its label: O(path + tree) characters in the worst case,
     * never a product. Of the nodes that wait on the stack, all hang off one branch in different
     * segments, so there are never more than the deepest variable's number. Nothing is allocated
     * unless the path needs decoding (RawPath).
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
     * Builds the tree of these routes.
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

    /** Returns all routes, the more specific ones first, each at its {@link Route#index()}. */
    public List<Route> routes() {
        return routes;
    }

    /** Creates a cursor for searches in this tree. */
    public RouteMatch newMatch() {
        return new RouteMatch(this, depth);
    }

    /** Returns the calling thread's cursor, which it may keep until it searches again. */
    public RouteMatch cursor() {
        return cursors.get();
    }

    /**
     * Finds the route of a request.
     *
     * @param method the method as sent
     * @param path the raw path as sent, without the query
     * @param out a cursor of this tree, which afterwards holds the variables' values
     * @return the route, or null if there is none or the path is no legal one
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

    /** Follows the literals from a node that ends at the index; variables on the way wait. */
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
