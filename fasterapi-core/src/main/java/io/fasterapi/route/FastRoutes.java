package io.fasterapi.route;

import io.fasterapi.http.FastHandler;
import io.fasterapi.placement.Placement;
import java.util.ArrayList;
import java.util.List;

/**
 * The fast routes of an application. Declare one as a bean. Immutable; all threads share it.
 *
 * <pre>{@code
 * FastRoutes.builder()
 *     .get("/hello/{name}", (req, res) -> res.text("Hello, " + req.pathVariable("name")))
 *     .build();
 * }</pre>
 */
public final class FastRoutes {

    private final List<Route> routes;

    private FastRoutes(List<Route> routes) {
        this.routes = routes;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the routes in the order in which they were added. */
    public List<Route> routes() {
        return routes;
    }

    @Override
    public String toString() {
        return routes.toString();
    }

    /**
     * Builds a set of routes. One thread uses it.
     *
     * <p>Each method that adds a route throws {@link IllegalArgumentException} if the template is
     * invalid, or if the shard key is a variable that the template does not have.
     */
    public static final class Builder {

        private final List<Route> added = new ArrayList<>();

        private Builder() {}

        /** Adds a GET route with the default placement. */
        public Builder get(String template, FastHandler handler) {
            return route("GET", template, handler);
        }

        /** Adds a GET route. */
        public Builder get(String template, Placement placement, FastHandler handler) {
            return route("GET", template, placement, handler);
        }

        /**
         * Adds a GET route with a shard key. Requests with equal keys run on the same handler core.
         */
        public Builder get(String template, ShardKey shardKey, FastHandler handler) {
            return route("GET", template, shardKey, handler);
        }

        /** Adds a POST route with the default placement. */
        public Builder post(String template, FastHandler handler) {
            return route("POST", template, handler);
        }

        /** Adds a POST route. */
        public Builder post(String template, Placement placement, FastHandler handler) {
            return route("POST", template, placement, handler);
        }

        /**
         * Adds a POST route with a shard key. Requests with equal keys run on the same handler
         * core.
         */
        public Builder post(String template, ShardKey shardKey, FastHandler handler) {
            return route("POST", template, shardKey, handler);
        }

        /** Adds a PUT route with the default placement. */
        public Builder put(String template, FastHandler handler) {
            return route("PUT", template, handler);
        }

        /** Adds a PUT route. */
        public Builder put(String template, Placement placement, FastHandler handler) {
            return route("PUT", template, placement, handler);
        }

        /**
         * Adds a PUT route with a shard key. Requests with equal keys run on the same handler core.
         */
        public Builder put(String template, ShardKey shardKey, FastHandler handler) {
            return route("PUT", template, shardKey, handler);
        }

        /** Adds a PATCH route with the default placement. */
        public Builder patch(String template, FastHandler handler) {
            return route("PATCH", template, handler);
        }

        /** Adds a PATCH route. */
        public Builder patch(String template, Placement placement, FastHandler handler) {
            return route("PATCH", template, placement, handler);
        }

        /**
         * Adds a PATCH route with a shard key. Requests with equal keys run on the same handler
         * core.
         */
        public Builder patch(String template, ShardKey shardKey, FastHandler handler) {
            return route("PATCH", template, shardKey, handler);
        }

        /** Adds a DELETE route with the default placement. */
        public Builder delete(String template, FastHandler handler) {
            return route("DELETE", template, handler);
        }

        /** Adds a DELETE route. */
        public Builder delete(String template, Placement placement, FastHandler handler) {
            return route("DELETE", template, placement, handler);
        }

        /**
         * Adds a DELETE route with a shard key. Requests with equal keys run on the same handler
         * core.
         */
        public Builder delete(String template, ShardKey shardKey, FastHandler handler) {
            return route("DELETE", template, shardKey, handler);
        }

        /** Adds a route for a method, in upper case, with the default placement. */
        public Builder route(String method, String template, FastHandler handler) {
            added.add(Route.of(method, template, null, handler));
            return this;
        }

        /** Adds a route for a method, in upper case. */
        public Builder route(
                String method, String template, Placement placement, FastHandler handler) {
            added.add(Route.of(method, template, placement, handler));
            return this;
        }

        /**
         * Adds a route for a method, in upper case, with a shard key. Requests with equal keys run
         * on the same handler core.
         */
        public Builder route(
                String method, String template, ShardKey shardKey, FastHandler handler) {
            added.add(Route.of(method, template, null, handler).shardedBy(shardKey));
            return this;
        }

        /**
         * Builds the set.
         *
         * @throws IllegalArgumentException if two routes have the same method and match the same
         *     paths
         */
        public FastRoutes build() {
            RouteTree.of(added);
            return new FastRoutes(List.copyOf(added));
        }
    }
}
