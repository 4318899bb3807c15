package io.fasterapi.spring.server;

import io.fasterapi.spring.webflux.route.EarlyCost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServerConfig;

/**
 * Which settings of the application keep requests from being answered before Reactor Netty has seen
 * them. Read when the server starts, told to any thread.
 */
public final class EarlySettings {

    private static final String BOOT = "org.springframework.boot.";
    private static final String OWN = "io.fasterapi.spring.server.";
    private static final String ALL = "all requests";
    private static final int UNLIMITED = -1;

    private final List<EarlyCost> known;
    private volatile List<EarlyCost> costs = List.of();

    /**
     * Creates the settings.
     *
     * @param basePath whether WebFlux has a base path
     */
    public EarlySettings(boolean basePath) {
        List<EarlyCost> found = new ArrayList<>();
        add(
                found,
                basePath,
                "spring.webflux.base-path",
                "requests on the filtered lane",
                "write the base into the mappings");
        known = List.copyOf(found);
    }

    /** Returns what they cost; empty until the server has started. */
    public List<EarlyCost> costs() {
        return costs;
    }

    /**
     * The server starts.
     *
     * @param routed whether the application has routes of its own in the server
     * @param limited whether connections are limited
     */
    void read(
            HttpServerConfig config,
            NettyReactiveWebServerFactory factory,
            boolean routed,
            boolean limited) {
        List<EarlyCost> found = new ArrayList<>();
        for (NettyServerCustomizer each : factory.getServerCustomizers()) {
            add(
                    found,
                    !isKnown(each),
                    "NettyServerCustomizer " + nameOf(each),
                    ALL,
                    "use properties of Spring Boot or a WebFilter instead");
        }
        add(
                found,
                routed,
                "NettyRouteProvider",
                ALL,
                "make its routes fast routes or controller methods");
        add(found, limited, "fasterapi.limits", ALL, "leave it out behind a proxy that limits");
        found.addAll(known);
        addServers(found, config);
        costs = List.copyOf(found);
    }

    private static void addServers(List<EarlyCost> found, HttpServerConfig config) {
        add(
                found,
                Arrays.asList(config.protocols()).contains(HttpProtocol.H2C),
                "server.http2.enabled",
                ALL,
                "leave HTTP/2 to connections with TLS");
        add(
                found,
                config.idleTimeout() != null,
                "server.netty.idle-timeout",
                "requests on a core or a thread of their own, and answers that come later",
                "leave it to the proxy");
        add(
                found,
                config.maxKeepAliveRequests() != UNLIMITED,
                "server.netty.max-keep-alive-requests",
                "the last request of each connection",
                "nothing, unless it is small");
        add(
                found,
                config.compressPredicate() != null || config.minCompressionSize() >= 0,
                "server.compression.enabled",
                "answers that are compressed",
                "raise server.compression.min-response-size, or let the proxy compress");
        add(
                found,
                config.isForwarded(),
                "server.forward-headers-strategy",
                "requests whose forwarded headers are not plain, or whose address is asked for",
                "have the proxy send X-Forwarded-* headers with one value each");
    }

    private static void add(
            List<EarlyCost> costs, boolean set, String setting, String requests, String instead) {
        if (set) {
            costs.add(new EarlyCost(setting, requests, instead));
        }
    }

    /** Returns whether a customizer is Spring Boot's or ours, none of which looks at requests. */
    static boolean isKnown(NettyServerCustomizer customizer) {
        String name = customizer.getClass().getName();
        return name.startsWith(BOOT) || name.startsWith(OWN);
    }

    /** Without what the JVM has made up for a lambda. */
    private static String nameOf(NettyServerCustomizer customizer) {
        String name = customizer.getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : "of " + name.substring(0, lambda);
    }
}
