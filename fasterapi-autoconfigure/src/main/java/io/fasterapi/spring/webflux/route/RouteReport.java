package io.fasterapi.spring.webflux.route;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the application in the report. All labels are in lower case, as in the properties
 * and meters. Immutable.
 *
 * @param method the HTTP method, {@code *} for all
 * @param pattern the path pattern as written; {@code *} if the mapping does not tell its patterns
 * @param handler what answers, for example a controller method
 * @param lane the lane of its ordinary requests: {@code direct}, {@code filtered} or {@code
 *     webflux}
 * @param placement where it runs: {@code core}, {@code inline}, {@code virtual}, or {@code auto}
 *     with its present placement, for example {@code auto: core}
 * @param reason why it has no faster lane
 * @param calls how many requests each lane has served since the start; lanes without requests are
 *     left out
 * @param left how many requests took a slower lane, by reason
 * @param notCounted why {@code calls} has nothing of this mapping; null where calls are counted
 */
public record RouteReport(
        String method,
        String pattern,
        String handler,
        String lane,
        String placement,
        String reason,
        Map<String, Long> calls,
        Map<String, Long> left,
        @Nullable String notCounted) {}
