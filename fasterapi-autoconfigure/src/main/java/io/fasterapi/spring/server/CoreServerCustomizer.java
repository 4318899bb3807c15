package io.fasterapi.spring.server;

import io.fasterapi.server.Connections;
import io.fasterapi.spring.route.DirectRoutes;
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

    private final ServerThreads threads;
    private final Connections connections;
    private final DirectRoutes routes;

    public CoreServerCustomizer(
            ServerThreads threads, Connections connections, DirectRoutes routes) {
        this.threads = threads;
        this.connections = connections;
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
        customizers.addAll(factory.getServerCustomizers());
        factory.setServerCustomizers(customizers);
        factory.addRouteProviders(routes::addTo);
    }
}
