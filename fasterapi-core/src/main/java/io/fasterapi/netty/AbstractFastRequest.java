package io.fasterapi.netty;

import io.fasterapi.http.Deadline;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.route.Route;
import org.jspecify.annotations.Nullable;

/** What all requests of direct routes know by their route. */
public abstract class AbstractFastRequest implements FastRequest {

    private final Route route;
    private final String[] variables;
    private final @Nullable JsonCodec json;
    private final @Nullable Deadline deadline;

    /**
     * Creates the request.
     *
     * @param variables the values of the path's variables, as matched
     * @param json reads the body, or null where that is not there
     */
    protected AbstractFastRequest(
            Route route,
            String[] variables,
            @Nullable JsonCodec json,
            @Nullable Deadline deadline) {
        this.route = route;
        this.variables = variables;
        this.json = json;
        this.deadline = deadline;
    }

    /** Returns the route that has matched. */
    public final Route route() {
        return route;
    }

    @Override
    public final String template() {
        return route.template();
    }

    @Override
    public final String pathVariable(String name) {
        return variables[route.variableIndex(name)];
    }

    @Override
    public final @Nullable Deadline deadline() {
        return deadline;
    }

    @Override
    public final <T> T json(Class<T> type) {
        if (json == null) {
            throw new UnsupportedOperationException(
                    "json: called by a shard key function (expected: path, query and headers only)");
        }
        return json.read(body(), type);
    }
}
