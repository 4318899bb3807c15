package io.fasterapi.spring.server;

import io.fasterapi.server.Connections;
import io.fasterapi.server.FrontDoor;
import io.fasterapi.spring.webflux.route.DirectRoutes;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Gives the application's Netty server its event loops, unless it has some of its own, limits on
 * its connections, and the direct routes. The factory of a separate management port never sees this
 * customizer.
 */
public final class CoreServerCustomizer
        implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private static final String BOOT = "org.springframework.boot.";
    private static final String OWN = "io.fasterapi.spring.server.";

    private final ServerThreads threads;
    private final Connections connections;
    private final FrontDoor frontDoor;
    private final DirectRoutes routes;
    private final boolean routed;

    /**
     * Creates the customizer.
     *
     * @param routed whether the application has routes of its own in the server
     */
    public CoreServerCustomizer(
            ServerThreads threads,
            Connections connections,
            FrontDoor frontDoor,
            DirectRoutes routes,
            boolean routed) {
        this.threads = threads;
        this.connections = connections;
        this.frontDoor = frontDoor;
        this.routed = routed;
        this.routes = routes;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        if (threads.ownsLoops()) {
            factory.setResourceFactory(threads.loops());
        }
        List<NettyServerCustomizer> customizers = new ArrayList<>();
        customizers.add(threads.gracefulClose()::addTo);
        customizers.add(connections::addTo);
        customizers.add(server -> frontDoor.addTo(server, () -> isBare(factory)));
        customizers.addAll(factory.getServerCustomizers());
        factory.setServerCustomizers(customizers);
        factory.addRouteProviders(routes::addTo);
    }

    /**
     * Returns whether nobody but Spring Boot, by its properties, has a say in the server, and it
     * looks at no request on its way.
     */
    private boolean isBare(NettyReactiveWebServerFactory factory) {
        return !routed
                && !connections.isLimited()
                && factory.getServerCustomizers().stream().allMatch(CoreServerCustomizer::isKnown);
    }

    private static boolean isKnown(NettyServerCustomizer customizer) {
        String name = customizer.getClass().getName();
        return name.startsWith(BOOT) || name.startsWith(OWN);
    }
}
