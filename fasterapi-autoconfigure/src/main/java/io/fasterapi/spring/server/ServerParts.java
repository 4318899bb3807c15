package io.fasterapi.spring.server;

import io.fasterapi.placement.Placements;
import io.fasterapi.server.Connections;
import io.fasterapi.server.FrontDoor;
import io.fasterapi.server.Workers;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.route.DirectRoutes;
import java.util.function.Supplier;

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

    /** Starts what the web server need not wait for. */
    public void serving() {
        if (routes().isOutermost()) {
            frontDoor.serveLast();
        }
        controllers.start();
        threads.measureHops(placements.limit()::calibrate);
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
