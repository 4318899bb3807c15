package io.fasterapi.route;

import org.jspecify.annotations.Nullable;

/** Is told of every ended request of a direct route. It runs on event loops and must not block. */
@FunctionalInterface
public interface RouteRecorder {

    /** The status of a request whose client hung up before the answer. */
    int STATUS_UNKNOWN = 0;

    /**
     * A request has ended.
     *
     * @param route the route that answered it
     * @param method the request's method; HEAD for a HEAD request to a GET route
     * @param status the status code of the answer, or {@link #STATUS_UNKNOWN}
     * @param failure the failure of the handler, or null
     * @param nanos the time from the request's arrival at its route to its end, in nanoseconds
     */
    void record(Route route, String method, int status, @Nullable Throwable failure, long nanos);

    /**
     * A request goes to a handler on another thread. It counts as active until the result is run.
     *
     * @return ends the active request; any thread may run it, a second run does nothing
     */
    default Runnable active(Route route, String method) {
        return () -> {};
    }

    /** Returns a recorder that does nothing. */
    static RouteRecorder none() {
        return (route, method, status, failure, nanos) -> {};
    }
}
