package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.Refusals;
import io.fasterapi.netty.EarlyTries;
import io.fasterapi.placement.RoutePlacement;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * Handles requests of one route before Reactor Netty sees them. Shared by all event loops.
 *
 * @param handler handles them
 * @param placement where its requests run
 * @param refusals what refused requests are answered
 * @param tries whether its requests are worth an early try
 */
record EarlyRoute(
        HttpHandler handler, RoutePlacement placement, Refusals refusals, EarlyTries tries) {

    EarlyRoute(HttpHandler handler, RoutePlacement placement, Refusals refusals) {
        this(handler, placement, refusals, new EarlyTries());
    }

    /** Returns what a request is answered that has just been refused. */
    Refusals.Answer refusal() {
        return refusals.of(placement.load());
    }
}
