package io.fasterapi.route;

import io.fasterapi.http.FastRequest;

/**
 * A path variable as a key. Its own type, so that a route can tell whether it has the variable.
 *
 * @param variable the variable's name
 */
record PathVariableKey(String variable) implements ShardKey {

    @Override
    public Object keyOf(FastRequest request) {
        return request.pathVariable(variable);
    }
}
