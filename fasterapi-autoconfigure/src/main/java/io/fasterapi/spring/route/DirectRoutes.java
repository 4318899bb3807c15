package io.fasterapi.spring.route;

import io.fasterapi.route.Route;
import io.fasterapi.route.RouteTree;
import io.fasterapi.server.SideDoor;
import java.util.List;
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
    private final RouteTree fromRoot;
    private final DirectLane lane;
    private final Function<RouteTree, SideDoor> doors;

    /**
     * Creates the routes.
     *
     * @param routes all routes, relative to the base path
     * @param basePath the application's base path, or null
     * @param lane says whether the direct lane is safe
     * @param doors makes the side door once it is
     */
    public DirectRoutes(
            List<Route> routes,
            @Nullable String basePath,
            DirectLane lane,
            Function<RouteTree, SideDoor> doors) {
        this.withinApplication = RouteTree.of(routes);
        this.fromRoot =
                basePath == null || basePath.isEmpty()
                        ? withinApplication
                        : RouteTree.of(
                                routes.stream().map(route -> route.withPrefix(basePath)).toList());
        this.lane = lane;
        this.doors = doors;
    }

    /** Returns whether there is no direct route at all. */
    public boolean isEmpty() {
        return withinApplication.routes().isEmpty();
    }

    /** Returns the routes relative to the base path. */
    RouteTree withinApplication() {
        return withinApplication;
    }

    /** Adds the routes to a server's, unless something could be got round that way. */
    public HttpServerRoutes addTo(HttpServerRoutes serverRoutes) {
        String obstacle = lane.obstacle();
        int count = withinApplication.routes().size();
        if (obstacle != null) {
            LOGGER.info("FasterAPI: " + count + " direct routes go through WebFlux: " + obstacle);
            return serverRoutes;
        }
        LOGGER.info("FasterAPI: " + count + " direct routes");
        return doors.apply(fromRoot).addTo(serverRoutes);
    }
}
