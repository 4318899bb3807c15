package io.fasterapi.spring.route;

import io.fasterapi.placement.Placement;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteTree;
import io.fasterapi.server.SideDoor;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * The application's direct routes and the lane they take. Whether filters apply is asked when the
 * server starts, once every bean is known.
 */
public final class DirectRoutes {

    private static final Log LOGGER = LogFactory.getLog(DirectRoutes.class);

    private final RouteTree withinApplication;
    private final String basePath;
    private final DirectLane lane;
    private final Placement fallback;
    private final Function<@Nullable Obstacle, List<Route>> controllers;
    private final Function<RouteTree, SideDoor> doors;

    /**
     * Creates the routes.
     *
     * @param routes all routes, relative to the base path
     * @param basePath the application's base path, or null
     * @param lane says whether the direct lane is safe
     * @param fallback where routes run that name no placement
     * @param doors makes a side door once it is
     * @param controllers makes the direct routes of controllers, given what is in the way or null
     */
    public DirectRoutes(
            List<Route> routes,
            @Nullable String basePath,
            DirectLane lane,
            Placement fallback,
            Function<RouteTree, SideDoor> doors,
            Function<@Nullable Obstacle, List<Route>> controllers) {
        this.withinApplication = RouteTree.of(routes);
        this.basePath = basePath == null ? "" : basePath;
        this.lane = lane;
        this.fallback = fallback;
        this.controllers = controllers;
        this.doors = doors;
    }

    /** Returns the routes relative to the base path. */
    RouteTree withinApplication() {
        return withinApplication;
    }

    /** Adds the routes to a server's, unless something could be got round that way. */
    public HttpServerRoutes addTo(HttpServerRoutes serverRoutes) {
        Obstacle obstacle = lane.obstacle();
        List<Route> ofControllers = controllers.apply(obstacle);
        List<Route> own = withinApplication.routes();
        if (!own.isEmpty()) {
            LOGGER.info(
                    "FasterAPI: fast routes: "
                            + own.size()
                            + (obstacle == null
                                    ? " direct"
                                    : " through WebFlux: " + obstacle.reason()));
        }
        if (obstacle == null) {
            add(own, serverRoutes);
            add(ofControllers, serverRoutes);
        }
        return serverRoutes;
    }

    /** Returns every fast route with its lane and the reason for it. */
    public List<RouteReport> report() {
        Obstacle obstacle = lane.obstacle();
        return withinApplication.routes().stream().map(route -> report(route, obstacle)).toList();
    }

    private RouteReport report(Route route, @Nullable Obstacle obstacle) {
        Placement placement = route.placement() == null ? fallback : route.placement();
        return new RouteReport(
                route.method(),
                route.template(),
                "FastRoutes",
                (obstacle == null ? Lane.DIRECT : Lane.WEBFLUX).label(),
                placement.name().toLowerCase(Locale.ROOT),
                obstacle == null ? "no WebFilter applies" : obstacle.reason());
    }

    private void add(List<Route> routes, HttpServerRoutes serverRoutes) {
        if (!routes.isEmpty()) {
            List<Route> prefixed =
                    routes.stream().map(route -> route.withPrefix(basePath)).toList();
            doors.apply(RouteTree.of(prefixed)).addTo(serverRoutes);
        }
    }
}
