package io.fasterapi.server;

import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.write.AnswerSizes;

/**
 * What is known of one route, shared by all its exchanges.
 *
 * @param route the route
 * @param placement where it runs now
 * @param sizes the size of its last answers
 * @param recorder learns of its ended requests
 */
record RouteState(
        Route route, RoutePlacement placement, AnswerSizes sizes, RouteRecorder recorder) {}
