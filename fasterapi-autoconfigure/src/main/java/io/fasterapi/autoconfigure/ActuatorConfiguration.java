package io.fasterapi.autoconfigure;

import io.fasterapi.placement.Placements;
import io.fasterapi.spring.webflux.actuate.FasterApiEndpoint;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.DirectRoutes;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the actuator shows, if it is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
            "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint"
        })
class ActuatorConfiguration {

    /** Apart, since its condition is a class of the actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(FasterApiEndpoint.class)
    static class Exposed {

        @Bean
        @ConditionalOnMissingBean
        FasterApiEndpoint fasterApiEndpoint(
                DirectRoutes routes, ControllerRoutes controllers, Placements placements) {
            return new FasterApiEndpoint(
                    List.of(routes::report, controllers::report), placements::lastMoves);
        }
    }
}
