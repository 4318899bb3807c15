package io.fasterapi.netty;

import io.fasterapi.codec.AnswerSizes;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.http.FastRequest;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.route.ShardKey;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one route, shared by all its exchanges.
 *
 * @param route the route
 * @param placement where it runs now
 * @param sizes the size of its last answers
 * @param recorder learns of its ended requests
 * @param lastHead the head of its last answer
 * @param tries whether its requests are worth an early try
 */
record RouteState(
        Route route,
        RoutePlacement placement,
        AnswerSizes sizes,
        RouteRecorder recorder,
        PreparedAnswer.LastHead lastHead,
        EarlyTries tries) {

    RouteState {
        recorder = new SafeRecorder(recorder);
    }

    RouteState(Route route, RoutePlacement placement, AnswerSizes sizes, RouteRecorder recorder) {
        this(route, placement, sizes, recorder, new PreparedAnswer.LastHead(), new EarlyTries());
    }

    /** Returns the one core that may run a request, or null if any may. */
    @Nullable HandlerCore coreOf(FastRequest request, HandlerCores cores) {
        ShardKey shardKey = route.shardKey();
        Object key = shardKey == null ? null : shardKey.keyOf(request);
        return key == null ? null : cores.coreOf(key);
    }
}
