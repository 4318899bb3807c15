package io.fasterapi.autoconfigure;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.spring.server.CoreServerCustomizer;
import io.fasterapi.spring.server.Phase;
import io.fasterapi.spring.server.ServerHealth;
import io.fasterapi.spring.server.ServerInfo;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.webflux.dispatch.CoreHttpHandler;
import io.fasterapi.spring.webflux.route.FasterApiEndpoint;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of the server: puts rings and handler cores between Boot's Netty server and
 * the application. One bean does so; the others connect it to Spring.
 */
@AutoConfiguration(
        after = {NettyReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(NettyReactiveWebServerFactory.class)
@ConditionalOnBooleanProperty(name = "fasterapi.enabled", matchIfMissing = true)
@ConditionalOnBean(NettyReactiveWebServerFactory.class)
@EnableConfigurationProperties(FasterApiProperties.class)
public final class FasterApiAutoConfiguration {

    /** The name of the bean that runs WebFlux on the cores. */
    static final String WEBFLUX_CUSTOMIZER = "fasterApiWebFluxCustomizer";

    @Bean(destroyMethod = "close")
    ServerParts fasterApiServer(
            ConfigurableApplicationContext context,
            HandlerCores cores,
            FasterApiProperties properties) {
        return new ServerAssembly(context, cores, properties).parts();
    }

    /** First in order, so that the application's own customizers of the server win. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    CoreServerCustomizer fasterApiServerCustomizer(
            ServerParts parts, ObjectProvider<NettyRouteProvider> others) {
        return new CoreServerCustomizer(parts, others.stream().findAny().isPresent());
    }

    /** Last in order, so that its decorator sees the request first. */
    @Bean(WEBFLUX_CUSTOMIZER)
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebHttpHandlerBuilderCustomizer fasterApiWebFluxCustomizer(ServerParts parts) {
        return builder ->
                builder.filters(filters -> filters.add(parts.controllers().end()))
                        .httpHandlerDecorator(
                                handler -> {
                                    CoreHttpHandler placed =
                                            new CoreHttpHandler(
                                                    handler,
                                                    parts.requestPlacements(),
                                                    parts.workers());
                                    parts.frontDoor().setLast(placed);
                                    return placed;
                                });
    }

    /** Starts what the web server need not wait for, and stops it before the web server. */
    @Bean
    Phase fasterApiServing(ServerParts parts, ApplicationContext context) {
        return new Phase(
                Phase.WHILE_SERVING,
                () -> parts.serving(ReportPlace.in(context)),
                parts::leaving,
                () -> {});
    }

    /** Health, if the application has Boot's health module. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name =
                    "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator")
    static class HealthOfServer {

        /** A class of its own, because its condition is a class of that module. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnEnabledHealthIndicator("fasterapi")
        static class Enabled {

            @Bean
            @ConditionalOnMissingBean(name = "fasterapiHealthIndicator")
            ServerHealth fasterapiHealthIndicator(
                    ServerParts parts, FasterApiProperties properties) {
                return new ServerHealth(parts, properties.admission().unreadyAfter());
            }
        }
    }

    /** What the actuator shows, if the application has it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
                "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint"
            })
    static class Actuator {

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnEnabledInfoContributor("fasterapi")
        static class Info {

            @Bean
            ServerInfo fasterApiInfo() {
                return new ServerInfo();
            }
        }

        /** A class of its own, because its condition is a class of the actuator. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnAvailableEndpoint(FasterApiEndpoint.class)
        static class Exposed {

            @Bean
            FasterApiEndpoint fasterApiEndpoint(ServerParts parts) {
                return new FasterApiEndpoint(
                        List.of(
                                () ->
                                        parts.routes()
                                                .report(
                                                        parts.workers()
                                                                .admission()
                                                                .isAskedInline()),
                                parts.controllers()::report),
                        parts.placements()::lastMoves,
                        parts.earlySettings()::costs);
            }
        }
    }
}
