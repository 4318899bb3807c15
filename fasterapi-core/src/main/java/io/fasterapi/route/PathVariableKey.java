package io.fasterapi.route;

import io.fasterapi.http.FastRequest;

/**
 * A shard key that is a path variable. Immutable. It has a type of its own, so that a route can
 * check that it has the variable.
 *
 * @param variable the variable's name
 */
record PathVariableKey(String variable) implements ShardKey {

    @Override
    public Object keyOf(FastRequest request) {
        return request.pathVariable(variable);
    }
}
