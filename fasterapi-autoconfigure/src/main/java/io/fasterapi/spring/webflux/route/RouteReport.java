package io.fasterapi.spring.webflux.route;

import java.util.Map;

/**
 * One mapping of the application, for people. Immutable.
 *
 * @param method the HTTP method, {@code *} for all
 * @param pattern the path pattern as written
 * @param handler what answers, for example a controller method
 * @param lane the lane that its ordinary requests take: {@code direct}, {@code filtered} or {@code
 *     webflux}
 * @param placement where it runs: {@code core}, {@code inline}, {@code virtual}, or {@code auto}
 *     with the place that it has now
 * @param reason why no faster lane
 * @param calls how many requests each lane has served since the start; only lanes that have
 * @param left how many requests took a slower lane, by the reason
 */
public record RouteReport(
        String method,
        String pattern,
        String handler,
        String lane,
        String placement,
        String reason,
        Map<String, Long> calls,
        Map<String, Long> left) {}
