package io.fasterapi.metrics;

import io.fasterapi.cores.ThreadWorkers;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.server.FrontDoor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/**
 * Publishes where routes run, how often they moved, what ran on threads, and what was refused.
 * Meters are read only when they are scraped; a request costs nothing more.
 */
public final class PlacementMeters implements MeterBinder {

    private static final List<Placement> PLACES =
            List.of(Placement.CORE, Placement.INLINE, Placement.VIRTUAL);

    private final Placements placements;
    private final ThreadWorkers threads;
    private final FrontDoor frontDoor;

    public PlacementMeters(Placements placements, ThreadWorkers threads, FrontDoor frontDoor) {
        this.placements = placements;
        this.threads = threads;
        this.frontDoor = frontDoor;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Placement place : PLACES) {
            Gauge.builder("fasterapi.placement.routes", placements, all -> count(all, place))
                    .tag("placement", place.label())
                    .description("Routes that run there now")
                    .register(registry);
            FunctionCounter.builder(
                            "fasterapi.placement.moves", placements, all -> all.moves(place))
                    .tag("to", place.label())
                    .description("Times that a route was moved there")
                    .register(registry);
        }
        FunctionCounter.builder("fasterapi.front.served", frontDoor, FrontDoor::servedCount)
                .description("Requests answered on the event loop that Reactor Netty never saw")
                .register(registry);
        FunctionCounter.builder("fasterapi.refused.early", frontDoor, FrontDoor::refusedCount)
                .description("Those of the refused requests that Reactor Netty never saw")
                .register(registry);
        placements.followRefusals((load, cause) -> refused(registry, load, cause));
        FunctionCounter.builder("fasterapi.threads.started", threads, ThreadWorkers::started)
                .description("Requests that were given a thread of their own")
                .register(registry);
        FunctionCounter.builder("fasterapi.threads.rejected", threads, ThreadWorkers::rejected)
                .description("Requests refused because there was no thread for them")
                .register(registry);
        Gauge.builder("fasterapi.threads.waiting", threads, ThreadWorkers::waiting)
                .description("Requests that wait for a thread of their own")
                .register(registry);
        Gauge.builder("fasterapi.threads.running", threads, ThreadWorkers::running)
                .description("Requests that have a thread of their own or wait for it")
                .register(registry);
    }

    private static void refused(MeterRegistry registry, RouteLoad load, Refused cause) {
        FunctionCounter.builder("fasterapi.refused", load, route -> route.refused(cause))
                .tag("route", load.route())
                .tag("cause", cause.label())
                .description("Requests refused instead of answered by the application")
                .register(registry);
        if (cause == Refused.ROUTE_LIMIT) {
            Gauge.builder("fasterapi.route.limit", load, RouteLoad::limit)
                    .tag("route", load.route())
                    .description("The most requests of the route that may be under way now")
                    .register(registry);
        }
    }

    private static long count(Placements placements, Placement place) {
        return placements.routes().stream().map(RoutePlacement::now).filter(place::equals).count();
    }
}
