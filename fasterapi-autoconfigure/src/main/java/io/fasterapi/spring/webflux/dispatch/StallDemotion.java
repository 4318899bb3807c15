package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.Route;
import io.fasterapi.watch.Stall;
import io.fasterapi.watch.StallListener;

/** Takes a route from the event loop that it holds up, if its placement is chosen automatically. */
public final class StallDemotion implements StallListener {

    private final Placements placements;

    public StallDemotion(Placements placements) {
        this.placements = placements;
    }

    @Override
    public void stalled(Stall stall) {
        if (!stall.eventLoop()) {
            return;
        }
        String name =
                stall.route() instanceof Route route
                        ? route.method() + " " + route.uri()
                        : String.valueOf(stall.route());
        RoutePlacement placement = placements.find(name);
        if (placement != null) {
            placement.stalled(stall.heldFor().toNanos());
        }
    }
}
