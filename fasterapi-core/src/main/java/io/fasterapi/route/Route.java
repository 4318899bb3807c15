package io.fasterapi.route;

import io.fasterapi.http.FastHandler;
import io.fasterapi.placement.Placement;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One route: a method, a template, the handler and its placement. Immutable; all threads share it.
 */
public final class Route {

    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z0-9_-]*");
    private static final int NO_INDEX = -1;

    private final String method;
    private final PathTemplate template;
    private final @Nullable Placement placement;
    private final @Nullable ShardKey shardKey;
    private final FastHandler handler;
    private final RouteCondition condition;
    private final String uri;
    private final int index;

    private Route(Route other, PathTemplate template, RouteCondition condition, int index) {
        this.method = other.method;
        this.template = template;
        this.placement = other.placement;
        this.shardKey = other.shardKey;
        this.handler = other.handler;
        this.condition = condition;
        this.uri = other.uri;
        this.index = index;
    }

    private Route(Route other, ShardKey shardKey) {
        this.method = other.method;
        this.template = other.template;
        this.placement = Placement.CORE;
        this.shardKey = shardKey;
        this.handler = other.handler;
        this.condition = other.condition;
        this.uri = other.uri;
        this.index = NO_INDEX;
    }

    private Route(
            String method,
            PathTemplate template,
            @Nullable Placement placement,
            FastHandler handler) {
        this.method = method;
        this.template = template;
        this.placement = placement;
        this.shardKey = null;
        this.handler = Objects.requireNonNull(handler, "handler");
        this.condition = RouteCondition.ALWAYS;
        this.uri = template.text();
        this.index = NO_INDEX;
    }

    /**
     * Creates a route.
     *
     * @param method the method in upper case, for example {@code GET}
     * @param template for example {@code /users/{id}} or {@code /files/{*rest}}
     * @param placement where the handler runs, or null for the application's default
     * @throws IllegalArgumentException if the method or the template is invalid
     */
    public static Route of(
            String method, String template, @Nullable Placement placement, FastHandler handler) {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException(
                    "method: " + method + " (expected: upper case, for example GET)");
        }
        return new Route(method, PathTemplate.parse(template), placement, handler);
    }

    /**
     * Returns this route below a prefix. The template is appended as it is: {@code /} below {@code
     * /base} is {@code /base/}.
     *
     * @param prefix begins with a slash and does not end with one, or is empty
     */
    public Route withPrefix(String prefix) {
        if (prefix.isEmpty()) {
            return this;
        }
        if (prefix.charAt(0) != '/' || prefix.endsWith("/")) {
            throw new IllegalArgumentException(
                    "prefix: " + prefix + " (expected: begins with '/', does not end with it)");
        }
        PathTemplate prefixed = PathTemplate.parse(prefix + template.text());
        return new Route(this, prefixed, condition, NO_INDEX);
    }

    /** Returns this route for only those requests that the condition accepts. */
    public Route when(RouteCondition newCondition) {
        return new Route(this, template, newCondition, NO_INDEX);
    }

    /**
     * Returns this route with a shard key: all requests with equal keys run on the same handler
     * core, in the order of their arrival.
     *
     * @throws IllegalArgumentException if the route has a placement other than {@link
     *     Placement#CORE}, or if the key is a variable that the template does not have
     */
    public Route shardedBy(ShardKey newKey) {
        if (placement != null && placement != Placement.CORE) {
            throw new IllegalArgumentException(
                    name()
                            + ": placement "
                            + placement.label()
                            + " with a shard key (expected: core)");
        }
        if (newKey instanceof PathVariableKey path) {
            variableIndex(path.variable());
        }
        return new Route(this, Objects.requireNonNull(newKey, "newKey"));
    }

    Route withIndex(int newIndex) {
        return new Route(this, template, condition, newIndex);
    }

    /** Returns the method in upper case. */
    public String method() {
        return method;
    }

    /** Returns the template as written, for example {@code /users/{id}}. */
    public String template() {
        return template.text();
    }

    /** Returns the template without an added prefix. Meters name the route so. */
    public String uri() {
        return uri;
    }

    /** Returns the condition under which the route accepts a request. */
    public RouteCondition condition() {
        return condition;
    }

    /** Returns where the handler runs, or null for the application's default. */
    public @Nullable Placement placement() {
        return placement;
    }

    /** Returns the shard key, or null if a request may run on any core. */
    public @Nullable ShardKey shardKey() {
        return shardKey;
    }

    /** Returns the handler. */
    public FastHandler handler() {
        return handler;
    }

    /**
     * Returns the index of this route in {@link RouteTree#routes()}, for arrays with one element
     * per route; -1 for a route that does not come from a tree.
     */
    public int index() {
        return index;
    }

    /** Returns the name used in logs and meters, for example {@code GET /users/{id}}. */
    public String name() {
        return method + " " + template.text();
    }

    /** Returns the names of the template's variables, in the order of their values. */
    public List<String> variableNames() {
        return List.copyOf(template.names());
    }

    /**
     * Returns the index of a variable's value in {@link RouteMatch#variables()}.
     *
     * @throws IllegalArgumentException if the template has no such variable
     */
    public int variableIndex(String variable) {
        int found = template.names().indexOf(variable);
        if (found < 0) {
            throw new IllegalArgumentException(
                    "variable: " + variable + " (expected: one of " + template.text() + ")");
        }
        return found;
    }

    /**
     * Returns a text that is equal for routes that accept the same requests. Names of variables do
     * not matter.
     */
    public String signature() {
        return method + " " + template.key();
    }

    PathTemplate pathTemplate() {
        return template;
    }

    @Override
    public String toString() {
        return name();
    }
}
