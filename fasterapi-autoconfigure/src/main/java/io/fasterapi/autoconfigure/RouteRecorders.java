package io.fasterapi.autoconfigure;

import io.fasterapi.route.RouteRecorder;
import java.util.function.IntFunction;

/** Finds out, on the thread that starts the server, how direct routes are recorded. */
@FunctionalInterface
interface RouteRecorders {

    /** Records nothing. */
    RouteRecorders NONE = () -> routes -> RouteRecorder.none();

    /** Looks up what it needs and returns what makes a recorder for a number of routes. */
    IntFunction<RouteRecorder> resolve();
}
