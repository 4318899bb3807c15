package io.fasterapi.spring.server;

import io.fasterapi.netty.Connections;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.netty.Workers;
import io.fasterapi.placement.Placements;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.route.DirectRoutes;
import io.fasterapi.spring.webflux.route.EarlyCost;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Everything that serves an application on its own Netty server. It is one bean, so that its parts
 * need none. Thread-safe.
 *
 * @param threads the threads of the server
 * @param workers run requests that leave their event loop
 * @param placements the placements of all routes
 * @param requestPlacements find the placement of WebFlux's requests
 * @param controllers the controllers and their lanes
 * @param directRoutes returns the fast routes; it asks the application's beans once
 * @param frontDoor answers requests early
 * @param connections limits the connections
 * @param earlySettings tells which settings keep requests from being answered early
 */
public record ServerParts(
        ServerThreads threads,
        Workers workers,
        Placements placements,
        RequestPlacements requestPlacements,
        ControllerRoutes controllers,
        Supplier<DirectRoutes> directRoutes,
        FrontDoor frontDoor,
        Connections connections,
        EarlySettings earlySettings)
        implements AutoCloseable {

    private static final Log LOGGER = LogFactory.getLog(ServerParts.class);

    /** Returns the fast routes and their lane. */
    public DirectRoutes routes() {
        return directRoutes.get();
    }

    /** Starts what must run before the web server. */
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
            for (EarlyCost each : earlySettings.costs()) {
                LOGGER.info(
                        "FasterAPI: not answered early because of %s: %s; to have them early: %s"
                                .formatted(each.setting(), each.requests(), each.instead()));
            }
        }
    }

    /** Stops what was started last, and tells the connections that a shutdown begins. */
    public void leaving() {
        threads.leaving();
    }

    /** Stops the rest after the web server. */
    public void stop() {
        StrayErrors.leave(placements);
        threads.stop();
    }

    /** Closes the threads that run single requests. */
    @Override
    public void close() {
        workers.threads().close();
    }
}
