package io.fasterapi.netty;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * A place among a server's routes for a side door that is not ready when the server starts. Until
 * it is opened every request passes it by. Shared by all event loops.
 */
public final class LateDoor {

    private volatile @Nullable SideDoor door;

    /** Adds the place to the routes of a server. */
    public HttpServerRoutes addTo(HttpServerRoutes serverRoutes) {
        return serverRoutes.route(this::matches, this::serve);
    }

    /** Opens the door, once and for good. */
    public void open(SideDoor ready) {
        if (door != null) {
            throw new IllegalStateException("direct routes: set twice (expected: once)");
        }
        door = ready;
        ready.reachable(); // not before: it would be called, and its request then passed by
    }

    private boolean matches(HttpServerRequest request) {
        SideDoor ready = door;
        return ready != null && ready.matches(request);
    }

    private Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        SideDoor ready = door;
        if (ready == null) {
            throw new IllegalStateException(
                    "direct routes: not set (expected: set, since one has matched)");
        }
        return ready.serve(request, response);
    }
}
