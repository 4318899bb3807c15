package io.fasterapi.autoconfigure;

import io.fasterapi.route.RouteRecorder;

/** Makes the recorder of direct routes once their number is known. */
@FunctionalInterface
interface RouteRecorders {

    /** Makes recorders that forget everything. */
    RouteRecorders NONE = routes -> RouteRecorder.none();

    RouteRecorder recorder(int routes);
}
