package io.fasterapi.spring.webflux.route;

/**
 * One mapping of the application, for people. Immutable.
 *
 * @param method the HTTP method, {@code *} for all
 * @param pattern the path pattern as written
 * @param handler what answers, for example a controller method
 * @param lane {@code direct}, {@code filtered} or {@code webflux}
 * @param placement {@code core} or {@code inline}
 * @param reason why this lane
 */
public record RouteReport(
        String method,
        String pattern,
        String handler,
        String lane,
        String placement,
        String reason) {}
