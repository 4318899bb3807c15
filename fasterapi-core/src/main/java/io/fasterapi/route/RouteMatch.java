package io.fasterapi.route;

import org.jspecify.annotations.Nullable;

/**
 * A reusable cursor: the path that is matched, the route that was found, and its variables. One
 * thread owns it, usually an event loop, and uses it for one request after another. {@link
 * #variables()} copies what must outlive the request.
 */
public final class RouteMatch {

    private static final String[] NO_VARIABLES = {};

    private final RouteTree tree;
    private final int[] ends;
    private final RouteNode[] stack;
    private CharSequence text = "";
    private boolean encoded;
    private int waiting;
    private @Nullable Route route;

    RouteMatch(RouteTree tree, int depth) {
        this.tree = tree;
        this.ends = new int[depth];
        this.stack = new RouteNode[depth];
    }

    /** Returns the route that the last search found, or null. */
    public @Nullable Route route() {
        return route;
    }

    /** Returns whether the path contains an escape, a parameter or a character beyond ASCII. */
    public boolean isEncoded() {
        return encoded;
    }

    /**
     * Returns the decoded value of a variable, by its index in {@link Route#variableNames()}.
     *
     * @throws IllegalStateException if no route was found
     */
    public String variable(int variable) {
        PathTemplate template = found().pathTemplate();
        int segment = template.segment(variable);
        String value =
                template.isRest(variable)
                        ? text.subSequence(slash(segment), text.length()).toString()
                        : text.subSequence(slash(segment) + 1, ends[segment]).toString();
        return encoded ? RawPath.restore(value) : value;
    }

    /**
     * Returns a copy of all values in the order of {@link Route#variableNames()}. Without variables
     * it is always the same empty array.
     *
     * @throws IllegalStateException if no route was found
     */
    public String[] variables() {
        int count = found().pathTemplate().names().size();
        if (count == 0) {
            return NO_VARIABLES;
        }
        String[] values = new String[count];
        for (int i = 0; i < count; i++) {
            values[i] = variable(i);
        }
        return values;
    }

    /** Forgets the path and the route, so that an idle connection keeps neither. */
    public void clear() {
        text = "";
        route = null;
        waiting = 0;
    }

    /** Takes a new path. Returns whether it can match anything. */
    boolean read(RouteTree searched, CharSequence path) {
        if (searched != tree) {
            throw new IllegalArgumentException(
                    "match: of another RouteTree (expected: made by newMatch() of this one)");
        }
        clear();
        int length = path.length();
        if (length == 0 || path.charAt(0) != '/') {
            return false;
        }
        int segment = 0;
        for (int i = 1; i < length; i++) {
            char c = path.charAt(i);
            if (c == '/') {
                if (segment < ends.length) {
                    ends[segment++] = i;
                }
            } else if (!UriChars.isPlain(c)) {
                return readEncoded(path);
            }
        }
        if (segment < ends.length) {
            ends[segment] = length;
        }
        text = path;
        encoded = false;
        return true;
    }

    private boolean readEncoded(CharSequence path) {
        String decoded = RawPath.normalise(path);
        if (decoded == null) {
            return false;
        }
        int end = 0;
        for (int segment = 0; segment < ends.length && end < decoded.length(); segment++) {
            int slash = decoded.indexOf('/', end + 1);
            end = slash < 0 ? decoded.length() : slash;
            ends[segment] = end;
        }
        text = decoded;
        encoded = true;
        return true;
    }

    /** Keeps the node of a variable for later. The tree bounds how many are kept. */
    void push(RouteNode variable) {
        stack[waiting++] = variable;
    }

    boolean isWaiting() {
        return waiting > 0;
    }

    RouteNode pop() {
        return stack[--waiting];
    }

    CharSequence text() {
        return text;
    }

    /**
     * Returns the index behind the segment, or -1 if the segment cannot be the value of a variable.
     */
    int endOfValue(int segment) {
        int start = slash(segment) + 1;
        int end = ends[segment];
        return start == end || text.charAt(start) == RawPath.EMPTY ? -1 : end;
    }

    void found(@Nullable Route best) {
        route = best;
    }

    private int slash(int segment) {
        return segment == 0 ? 0 : ends[segment - 1];
    }

    private Route found() {
        Route current = route;
        if (current == null) {
            throw new IllegalStateException("route: none (expected: match found one before)");
        }
        return current;
    }
}
