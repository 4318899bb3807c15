package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.Refusals;
import io.fasterapi.placement.RoutePlacement;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * Handles requests of one route before Reactor Netty sees them, as long as most of them are
 * answered at once: what is not has cost more than it need have. Shared by all event loops.
 */
final class EarlyRoute {

    /*
     * The numbers are only written when a request was not answered at once, and nothing depends on
     * their being exact.
     */
    private static final int IN_VAIN = 16;
    private static final int RESTING = 1_000;

    private final HttpHandler handler;
    private final RoutePlacement placement;
    private final Refusals refusals;
    private int inVain;
    private int resting;

    EarlyRoute(HttpHandler handler, RoutePlacement placement, Refusals refusals) {
        this.handler = handler;
        this.placement = placement;
        this.refusals = refusals;
    }

    HttpHandler handler() {
        return handler;
    }

    RoutePlacement placement() {
        return placement;
    }

    /** Returns what a request is answered that has just been refused. */
    Refusals.Answer refusal() {
        return refusals.of(placement.load());
    }

    /** Returns whether the next request is worth a try. */
    boolean isWorthwhile() {
        if (resting > 0) {
            resting--;
            return false;
        }
        return true;
    }

    /** A request was answered at once. */
    void answered() {
        if (inVain > 0) {
            inVain = 0;
        }
    }

    /** A request went on to Reactor Netty. */
    void passed() {
        if (++inVain >= IN_VAIN) {
            inVain = 0;
            resting = RESTING;
        }
    }
}
