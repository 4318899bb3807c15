package io.fasterapi.autoconfigure;

import io.fasterapi.placement.Placements;
import io.fasterapi.spring.webflux.compile.ControllerOptions;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handlers that are called without the WebFlux machinery. */
@Configuration(proxyBeanMethods = false)
class ControllerConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ControllerRoutes fasterApiControllerRoutes(
            ApplicationContext context, Placements placements, FasterApiProperties properties) {
        ControllerOptions options =
                new ControllerOptions(
                        properties.fastLane().controllers(),
                        placements,
                        properties.routes().maxBodyBytes());
        return new ControllerRoutes(context, options, new ObservationBeans(context)::seen);
    }
}
