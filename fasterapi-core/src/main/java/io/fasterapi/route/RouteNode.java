package io.fasterapi.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node of the route tree: a run of literal characters or one variable, with its children.
 * Immutable; all threads share it.
 */
final class RouteNode {

    private static final Route[] NO_ROUTES = {};

    private final String label;
    private final char[] firsts;
    private final RouteNode[] literals;

    /** The child for a variable segment, or null. */
    final @Nullable RouteNode variable;

    /** The routes that end here. */
    final Route[] ends;

    /** The routes that end with a wildcard behind this node. */
    final Route[] wildcards;

    /** The lowest index of all routes at and below this node. */
    final int lowest;

    /** The number of the segment in which this node lies. */
    final int segment;

    /**
     * Creates a node and all nodes below it.
     *
     * @param routes routes whose keys are equal before {@code to}
     * @param from the index in the keys at which this node begins
     * @param to the index in the keys behind this node
     */
    RouteNode(List<Route> routes, int from, int to) {
        TreeMap<Character, List<Route>> followers = new TreeMap<>();
        List<Route> ending = new ArrayList<>();
        for (Route route : routes) {
            String key = key(route);
            if (key.length() == to) {
                ending.add(route);
            } else {
                followers.computeIfAbsent(key.charAt(to), c -> new ArrayList<>()).add(route);
            }
        }
        String prefix = routes.isEmpty() ? "" : key(routes.get(0)).substring(0, to);
        label = prefix.substring(from);
        segment = slashes(prefix) - 1;
        ends = ending.toArray(NO_ROUTES);
        List<Route> wild = followers.remove(PathTemplate.WILDCARD);
        wildcards = wild == null ? NO_ROUTES : wild.toArray(NO_ROUTES);
        List<Route> variables = followers.remove(PathTemplate.VARIABLE);
        variable = variables == null ? null : new RouteNode(variables, to, to + 1);
        firsts = new char[followers.size()];
        literals = new RouteNode[followers.size()];
        int i = 0;
        for (List<Route> group : followers.values()) {
            firsts[i] = key(group.get(0)).charAt(to);
            literals[i++] = new RouteNode(group, to, endOfCommon(group, to + 1));
        }
        int least = Integer.MAX_VALUE;
        for (Route route : routes) {
            least = Math.min(least, route.index());
        }
        lowest = least;
    }

    private static int slashes(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += text.charAt(i) == '/' ? 1 : 0;
        }
        return count;
    }

    private static String key(Route route) {
        return route.pathTemplate().key();
    }

    private static int endOfCommon(List<Route> routes, int start) {
        String first = key(routes.get(0));
        int end = start;
        while (end < first.length() && first.charAt(end) < PathTemplate.VARIABLE) {
            for (Route route : routes) {
                String key = key(route);
                if (key.length() == end || key.charAt(end) != first.charAt(end)) {
                    return end;
                }
            }
            end++;
        }
        return end;
    }

    /** Returns the literal child whose label is at that index of the text, or null. */
    @Nullable RouteNode literal(CharSequence text, int index) {
        int found = Arrays.binarySearch(firsts, text.charAt(index));
        if (found < 0) {
            return null;
        }
        RouteNode child = literals[found];
        int length = child.label.length();
        if (text.length() - index < length) {
            return null;
        }
        for (int i = 1; i < length; i++) {
            if (text.charAt(index + i) != child.label.charAt(i)) {
                return null;
            }
        }
        return child;
    }

    /** Returns the length of the label. */
    int length() {
        return label.length();
    }
}
