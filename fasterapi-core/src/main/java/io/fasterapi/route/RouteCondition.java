package io.fasterapi.route;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * Decides whether a route accepts a request that its template matches. A request that is not
 * accepted goes on as if the route did not exist. It runs on event loops and must not block.
 */
@FunctionalInterface
public interface RouteCondition {

    /** Accepts every request. */
    RouteCondition ALWAYS = (method, match, headers) -> true;

    /**
     * Returns whether the route accepts the request.
     *
     * @param method the request's method, which may be HEAD for a GET route
     * @param match the route that was found and its path
     * @param headers the request's headers
     */
    boolean takes(String method, RouteMatch match, HttpHeaders headers);
}
