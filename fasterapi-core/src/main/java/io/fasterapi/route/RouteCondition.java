package io.fasterapi.route;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * Decides whether a route takes a request that its template matches. One that it does not take goes
 * on as if the route did not exist. Called on event loops: must not block.
 */
@FunctionalInterface
public interface RouteCondition {

    /** Takes every request. */
    RouteCondition ALWAYS = (method, match, headers) -> true;

    /**
     * Decides.
     *
     * @param method the request's method, which may be HEAD on a GET route
     * @param match the route found and its path
     * @param headers the request's headers
     */
    boolean takes(String method, RouteMatch match, HttpHeaders headers);
}
