package io.fasterapi.spring.server;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Customizes the application's Netty server: its event loops (unless the application has its own),
 * limits on connections, the watchdog and the fast routes. The factory of a separate management
 * port does not get this customizer. At start-up only.
 */
public final class CoreServerCustomizer
        implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private final ServerParts parts;
    private final boolean routed;

    /**
     * Creates the customizer.
     *
     * @param routed whether the application has routes of its own in the server
     */
    public CoreServerCustomizer(ServerParts parts, boolean routed) {
        this.parts = parts;
        this.routed = routed;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        ReactorResourceFactory loops = parts.threads().loops();
        if (loops != null) {
            factory.setResourceFactory(loops);
        }
        List<NettyServerCustomizer> customizers = new ArrayList<>();
        customizers.add(parts.threads()::addTo);
        customizers.add(parts.connections()::addTo);
        customizers.add(server -> parts.frontDoor().addTo(server, () -> isBare(factory)));
        customizers.add(
                server ->
                        server.doOnBind(
                                config ->
                                        parts.earlySettings()
                                                .read(
                                                        config,
                                                        factory,
                                                        routed,
                                                        parts.connections().isLimited())));
        customizers.addAll(factory.getServerCustomizers());
        factory.setServerCustomizers(customizers);
        factory.addRouteProviders(others -> parts.routes().addTo(others));
    }

    /**
     * Returns whether only Spring Boot's own customizers change the server, and none of them looks
     * at requests.
     */
    private boolean isBare(NettyReactiveWebServerFactory factory) {
        return !routed
                && !parts.connections().isLimited()
                && factory.getServerCustomizers().stream().allMatch(EarlySettings::isKnown);
    }
}
