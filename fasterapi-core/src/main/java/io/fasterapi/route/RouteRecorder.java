package io.fasterapi.route;

import org.jspecify.annotations.Nullable;

/** Learns of every ended request of a direct route. Called on event loops: must not block. */
@FunctionalInterface
public interface RouteRecorder {

    /** Status of a request whose client hung up before the answer. */
    int STATUS_UNKNOWN = 0;

    /**
     * One request has ended.
     *
     * @param route the route that answered it
     * @param method the request's method, which is HEAD on a GET route for HEAD requests
     * @param status the status code of the answer, or {@link #STATUS_UNKNOWN}
     * @param failure what the handler failed with, or null
     * @param nanos time from the request's arrival at its route to its end, in nanoseconds
     */
    void record(Route route, String method, int status, @Nullable Throwable failure, long nanos);

    /**
     * A request goes to a handler that does not run on its event loop, and so is active for longer
     * than it takes to look.
     *
     * @return what ends that, on any thread; doing so again changes nothing
     */
    default Runnable active(Route route, String method) {
        return () -> {};
    }

    /** Returns a recorder that forgets everything. */
    static RouteRecorder none() {
        return (route, method, status, failure, nanos) -> {};
    }
}
