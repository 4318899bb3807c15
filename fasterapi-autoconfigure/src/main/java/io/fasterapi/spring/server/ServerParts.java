package io.fasterapi.spring.server;

import io.fasterapi.placement.Placements;
import io.fasterapi.server.Connections;
import io.fasterapi.server.FrontDoor;
import io.fasterapi.server.Workers;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.route.DirectRoutes;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What serves an application on its own Netty server: one bean, whose parts nobody else need know.
 *
 * @param threads run it
 * @param workers run what leaves its event loop
 * @param placements where routes run
 * @param requestPlacements where requests of WebFlux run
 * @param controllers the controllers and their lanes
 * @param directRoutes gives the fast routes; the application's beans that make them are asked once
 * @param frontDoor answers before Reactor Netty does
 * @param connections limits the connections
 */
public record ServerParts(
        ServerThreads threads,
        Workers workers,
        Placements placements,
        RequestPlacements requestPlacements,
        ControllerRoutes controllers,
        Supplier<DirectRoutes> directRoutes,
        FrontDoor frontDoor,
        Connections connections)
        implements AutoCloseable {

    private static final Log LOGGER = LogFactory.getLog(ServerParts.class);

    /** Returns the fast routes and their lane. */
    public DirectRoutes routes() {
        return directRoutes.get();
    }

    /** Starts what has to run before the web server does. */
    public void start() {
        threads.start();
        requestPlacements.read();
        StrayErrors.listen(placements);
    }

    /**
     * Starts what the web server need not wait for, and logs what is on.
     *
     * @param report where the report can be read, or what to do to have it
     */
    public void serving(String report) {
        if (routes().isOutermost()) {
            frontDoor.serveLast();
        }
        controllers.start();
        threads.measureHops(placements.limit()::calibrate);
        String version = OwnVersion.get();
        if (threads.isRunning()) {
            LOGGER.info(
                    "FasterAPI%s: %s; report: %s"
                            .formatted(
                                    version == null ? "" : " " + version,
                                    threads.describe(),
                                    report));
        }
    }

    /** Stops what was started last, and tells the connections that a shutdown begins. */
    public void leaving() {
        threads.leaving();
    }

    /** Stops the rest, once the web server has. */
    public void stop() {
        StrayErrors.leave(placements);
        threads.stop();
    }

    /** Ends the threads of single requests. */
    @Override
    public void close() {
        workers.threads().close();
    }
}
