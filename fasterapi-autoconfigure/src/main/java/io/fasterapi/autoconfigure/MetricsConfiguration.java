package io.fasterapi.autoconfigure;

import io.fasterapi.cores.HandlerCores;
import io.fasterapi.cores.ThreadWorkers;
import io.fasterapi.exchange.InFlight;
import io.fasterapi.metrics.ConnectionMeters;
import io.fasterapi.metrics.PlacementMeters;
import io.fasterapi.metrics.RingMeters;
import io.fasterapi.metrics.RouteTimers;
import io.fasterapi.placement.Placements;
import io.fasterapi.server.Connections;
import io.fasterapi.server.FrontDoor;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Meters, if Micrometer is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
class MetricsConfiguration {

    private static final String TIMER_NAME = "management.observations.http.server.requests.name";

    @Bean
    @ConditionalOnMissingBean
    RingMeters fasterApiRingMeters(HandlerCores cores, InFlight inFlight) {
        return new RingMeters(cores, inFlight);
    }

    @Bean
    @ConditionalOnMissingBean
    PlacementMeters fasterApiPlacementMeters(
            Placements placements, ThreadWorkers threads, FrontDoor frontDoor) {
        return new PlacementMeters(placements, threads, frontDoor);
    }

    @Bean
    @ConditionalOnMissingBean
    ConnectionMeters fasterApiConnectionMeters(Connections connections) {
        return new ConnectionMeters(connections);
    }

    @Bean
    @ConditionalOnMissingBean
    LaneMeters fasterApiLaneMeters(ControllerRoutes controllers) {
        return new LaneMeters(controllers.counters());
    }

    @Bean
    @ConditionalOnMissingBean
    RouteRecorders fasterApiRouteRecorders(
            ObjectProvider<MeterRegistry> registries,
            ObjectProvider<ObservationRegistry> observations,
            Environment environment) {
        String name = environment.getProperty(TIMER_NAME, "http.server.requests");
        return () -> {
            MeterRegistry registry = registries.getIfUnique();
            return registry == null || observations.getIfAvailable() == null
                    ? RouteRecorders.NONE.resolve()
                    : routes -> new RouteTimers(registry, name, routes);
        };
    }
}
