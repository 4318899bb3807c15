package io.fasterapi.autoconfigure;

import io.fasterapi.cores.HandlerCores;
import io.fasterapi.exchange.Admission;
import io.fasterapi.exchange.InFlight;
import io.fasterapi.server.Connections;
import io.fasterapi.server.FailureAnswer;
import io.fasterapi.server.FrontDoor;
import io.fasterapi.server.Workers;
import io.fasterapi.spring.server.CoreServerCustomizer;
import io.fasterapi.spring.server.ServerThreads;
import io.fasterapi.spring.server.ShutdownSignal;
import io.fasterapi.spring.webflux.compile.ControllerOptions;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.dispatch.CoreHttpHandler;
import io.fasterapi.spring.webflux.dispatch.CoreWebSocketAdapters;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.dispatch.WatchedFilter;
import io.fasterapi.spring.webflux.invoke.FallbackAnswer;
import io.fasterapi.spring.webflux.route.ApplicationFailureAnswer;
import io.fasterapi.spring.webflux.route.DirectRoutes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.HttpHandler;

/** Puts rings and handler cores between Boot's Netty server and the application. */
@AutoConfiguration(
        after = {NettyReactiveWebServerAutoConfiguration.class, HttpHandlerAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(NettyReactiveWebServerFactory.class)
@ConditionalOnBooleanProperty(name = "fasterapi.enabled", matchIfMissing = true)
@ConditionalOnBean(NettyReactiveWebServerFactory.class)
@EnableConfigurationProperties(FasterApiProperties.class)
@Import({
    ActuatorConfiguration.class,
    ControllerConfiguration.class,
    DirectRouteConfiguration.class,
    MetricsConfiguration.class,
    PlacementConfiguration.class,
    PoolConfiguration.class,
    WatchdogConfiguration.class,
})
public final class FasterApiAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InFlight fasterApiInFlight(FasterApiProperties properties) {
        return new InFlight(properties.admission().maxInFlight());
    }

    @Bean
    @ConditionalOnMissingBean
    Admission fasterApiAdmission(InFlight inFlight, FasterApiProperties properties) {
        return new Admission(inFlight, properties.deadlines(), properties.admission().loopWait());
    }

    @Bean
    @ConditionalOnMissingBean
    ServerThreads fasterApiServerThreads(
            ApplicationContext context,
            HandlerCores cores,
            InFlight inFlight,
            FasterApiProperties properties) {
        return new ServerThreads(
                context,
                cores,
                inFlight,
                properties.io().count(),
                properties.cores().stopTimeout());
    }

    @Bean
    @ConditionalOnMissingBean
    ShutdownSignal fasterApiShutdownSignal(ServerThreads threads) {
        return new ShutdownSignal(threads);
    }

    @Bean
    @ConditionalOnMissingBean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    CoreServerCustomizer fasterApiServerCustomizer(
            ServerThreads threads,
            Connections connections,
            FrontDoor frontDoor,
            DirectRoutes routes,
            ObjectProvider<NettyRouteProvider> others) {
        boolean routed = others.stream().findAny().isPresent();
        return new CoreServerCustomizer(threads, connections, frontDoor, routes, routed);
    }

    @Bean
    @ConditionalOnMissingBean
    FrontDoor fasterApiFrontDoor() {
        return new FrontDoor();
    }

    @Bean
    @ConditionalOnMissingBean
    Connections fasterApiConnections(FasterApiProperties properties, Environment environment) {
        return new Connections(
                properties.limits().limits(), properties.admission().essentials(environment));
    }

    /** Last in order: the decorator that it adds sees the request first. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebHttpHandlerBuilderCustomizer fasterApiWebFluxCustomizer(
            FasterApiProperties properties,
            RequestPlacements placements,
            Workers workers,
            FrontDoor frontDoor,
            ControllerRoutes controllers) {
        return builder -> {
            boolean compiled = properties.fastLane().controllers() != ControllerOptions.Choice.OFF;
            if (compiled) {
                builder.filters(filters -> filters.add(controllers.end()));
            } else if (properties.watchdog().enabled()) {
                builder.filters(filters -> filters.add(0, new WatchedFilter()));
            }
            builder.httpHandlerDecorator(
                    handler -> {
                        CoreHttpHandler placed = new CoreHttpHandler(handler, placements, workers);
                        frontDoor.setLast(placed);
                        return placed;
                    });
        };
    }

    @Bean
    @ConditionalOnMissingBean
    static CoreWebSocketAdapters fasterApiWebSocketAdapters(ObjectProvider<HandlerCores> cores) {
        return new CoreWebSocketAdapters(cores::getObject);
    }

    @Bean
    @ConditionalOnMissingBean
    FailureAnswer fasterApiFailureAnswer(ApplicationContext context) {
        return new FallbackAnswer(
                new ApplicationFailureAnswer(context), () -> context.getBean(HttpHandler.class));
    }
}
