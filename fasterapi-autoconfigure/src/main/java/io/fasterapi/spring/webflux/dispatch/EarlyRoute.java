package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.Refusals;
import io.fasterapi.admission.RequestPermit;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.netty.EarlyTries;
import io.fasterapi.netty.Workers;
import io.fasterapi.placement.RoutePlacement;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Handles requests of one route before Reactor Netty sees them. Shared by all event loops.
 *
 * @param handler handles them
 * @param placement where its requests run
 * @param places finds the shard key of a request; null if the route has none
 * @param workers runs those that leave their event loop
 * @param tries whether its requests are worth an early try
 */
record EarlyRoute(
        HttpHandler handler,
        RoutePlacement placement,
        @Nullable RequestPlacements places,
        Workers workers,
        EarlyTries tries) {

    /** Returns the permit of a request that has just arrived. */
    RequestPermit permit(HttpRequest request) {
        return workers.admission().permit(placement.load(), request.headers());
    }

    /** Returns the one core that may run a request, or null if any may. */
    @Nullable HandlerCore shard(ServerHttpRequest request) {
        Object key = places == null ? null : places.of(request).key();
        return key == null ? null : workers.cores().coreOf(key);
    }

    /** Returns what a request is answered that has just been refused. */
    Refusals.Answer refusal() {
        return workers.admission().refusals().of(placement.load());
    }
}
