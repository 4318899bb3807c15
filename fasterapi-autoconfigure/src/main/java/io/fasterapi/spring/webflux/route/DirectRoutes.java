package io.fasterapi.spring.webflux.route;

import io.fasterapi.netty.LateDoor;
import io.fasterapi.netty.SideDoor;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteTree;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * The fast routes of the application and their lane. Whether filters apply is checked when the
 * server starts and all beans are known. At start-up only.
 */
public final class DirectRoutes {

    private static final Log LOGGER = LogFactory.getLog(DirectRoutes.class);

    private static final String NOT_COUNTED =
            "with fasterapi.admission.enabled=false, requests that WebFlux serves on the event loop"
                    + " are not counted";

    private final RouteTree withinApplication;
    private final String basePath;
    private final DirectLane lane;
    private final Placements placements;
    private final BiConsumer<@Nullable LaneRestriction, Consumer<List<Route>>> controllers;
    private final Supplier<Function<RouteTree, SideDoor>> doors;

    /**
     * Creates the routes.
     *
     * @param routes all routes, relative to the base path
     * @param basePath the application's base path, or null
     * @param lane decides whether the direct lane is safe
     * @param placements where routes run
     * @param doors returns, if it is safe, the function that serves a route tree on the direct lane
     * @param controllers compiles controller methods now or on a thread of its own; gets what
     *     stands before all handlers, or null, and the consumer of the direct routes, to be called
     *     at most once
     */
    public DirectRoutes(
            List<Route> routes,
            @Nullable String basePath,
            DirectLane lane,
            Placements placements,
            Supplier<Function<RouteTree, SideDoor>> doors,
            BiConsumer<@Nullable LaneRestriction, Consumer<List<Route>>> controllers) {
        this.withinApplication = RouteTree.of(routes);
        this.basePath = basePath == null ? "" : basePath;
        this.lane = lane;
        this.placements = placements;
        this.controllers = controllers;
        this.doors = doors;
    }

    /** Returns whether WebFlux may be called before Reactor Netty has seen a request. */
    public boolean isOutermost() {
        return lane.isOutermost();
    }

    /** Returns the routes relative to the base path. */
    public RouteTree withinApplication() {
        return withinApplication;
    }

    /**
     * Adds the routes to the server's, unless that would bypass something. Those of controllers
     * serve when they are compiled, which may be later.
     */
    public HttpServerRoutes addTo(HttpServerRoutes serverRoutes) {
        LaneRestriction restriction = lane.restriction();
        List<Route> own = withinApplication.routes();
        if (!own.isEmpty()) {
            LOGGER.info(
                    "FasterAPI: fast routes: "
                            + own.size()
                            + (restriction == null
                                    ? " direct"
                                    : " %s (%s)"
                                            .formatted(
                                                    restriction.best().label(),
                                                    restriction.text())));
        }
        if (restriction != null) {
            controllers.accept(restriction, unused -> {});
            return serverRoutes;
        }
        Function<RouteTree, SideDoor> maker = doors.get();
        if (!own.isEmpty()) {
            maker.apply(prefixed(own)).addTo(serverRoutes);
        }
        LateDoor late = new LateDoor();
        late.addTo(serverRoutes);
        controllers.accept(null, routes -> late.open(maker.apply(prefixed(routes))));
        return serverRoutes;
    }

    /**
     * Returns every fast route with its lane and the reason for it.
     *
     * @param countedInline whether requests are counted that WebFlux serves on the event loop
     */
    public List<RouteReport> report(boolean countedInline) {
        LaneRestriction restriction = lane.restriction();
        return withinApplication.routes().stream()
                .map(route -> report(route, restriction, countedInline))
                .toList();
    }

    private RouteReport report(
            Route route, @Nullable LaneRestriction restriction, boolean countedInline) {
        Lane planned = restriction == null ? Lane.DIRECT : restriction.best();
        RoutePlacement placement =
                placements.of(route.method(), route.template(), route.placement());
        boolean counted =
                planned == Lane.DIRECT || countedInline || placement.declared() != Placement.INLINE;
        long ended = placement.load().ended();
        return new RouteReport(
                route.method(),
                route.template(),
                "FastRoutes",
                planned.label(),
                placement.describe(),
                restriction == null ? "no WebFilter applies" : restriction.text(),
                ended == 0 ? Map.of() : Map.of(planned.label(), ended),
                Map.of(),
                counted ? null : NOT_COUNTED);
    }

    private RouteTree prefixed(List<Route> routes) {
        return RouteTree.of(routes.stream().map(route -> route.withPrefix(basePath)).toList());
    }
}
