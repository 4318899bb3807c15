package io.fasterapi.metrics;

import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.fasterapi.placement.RoutePlacement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/**
 * Registers the meters of routes and refusals: where routes run, how often that changed, what ran
 * on threads of its own, what was answered or refused early, and what was refused at all.
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
            FasterApiMeter.PLACEMENT_ROUTES.gauge(
                    registry, placements, all -> count(all, place), place.label());
            FasterApiMeter.PLACEMENT_MOVES.counter(
                    registry, placements, all -> all.moves(place), place.label());
        }
        FasterApiMeter.SERVED_EARLY.counter(registry, frontDoor, FrontDoor::servedCount);
        FasterApiMeter.REFUSED_EARLY.counter(registry, frontDoor, FrontDoor::refusedCount);
        placements.followRefusals((load, cause) -> refused(registry, load, cause));
        FasterApiMeter.THREADS_STARTED.counter(registry, threads, ThreadWorkers::started);
        FasterApiMeter.THREADS_REJECTED.counter(registry, threads, ThreadWorkers::rejected);
        FasterApiMeter.THREADS_WAITING.gauge(registry, threads, ThreadWorkers::waiting);
        FasterApiMeter.THREADS_RUNNING.gauge(registry, threads, ThreadWorkers::running);
    }

    private static void refused(MeterRegistry registry, RouteLoad load, Refused cause) {
        FasterApiMeter.REFUSED.counter(
                registry, load, route -> route.refused(cause), load.route(), cause.label());
        if (cause == Refused.ROUTE_LIMIT) {
            FasterApiMeter.ROUTE_LIMIT.gauge(registry, load, RouteLoad::limit, load.route());
        }
    }

    private static long count(Placements placements, Placement place) {
        return placements.routes().stream().map(RoutePlacement::now).filter(place::equals).count();
    }
}
