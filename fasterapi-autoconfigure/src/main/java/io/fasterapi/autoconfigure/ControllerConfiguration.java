package io.fasterapi.autoconfigure;

import io.fasterapi.placement.Placements;
import io.fasterapi.spring.controller.CompiledMethodAdapter;
import io.fasterapi.spring.controller.ControllerOptions;
import io.fasterapi.spring.controller.ControllerRoutes;
import io.fasterapi.spring.controller.JacksonBodies;
import io.fasterapi.spring.controller.JsonBodies;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.json.JsonMapper;

/** Controllers that are called without the WebFlux machinery. */
@Configuration(proxyBeanMethods = false)
class ControllerConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ControllerRoutes fasterApiControllerRoutes(
            ApplicationContext context,
            ObjectProvider<JsonBodies> json,
            Placements placements,
            FasterApiProperties properties) {
        ControllerOptions options =
                new ControllerOptions(
                        properties.fastLane().controllers(),
                        placements,
                        properties.routes().maxBodyBytes());
        return new ControllerRoutes(
                context,
                json.getIfAvailable(JsonBodies::none),
                options,
                new ObservationBeans(context)::first);
    }

    @Bean
    @ConditionalOnMissingBean
    CompiledMethodAdapter fasterApiCompiledMethodAdapter(
            ControllerRoutes routes, ApplicationContext context) {
        return new CompiledMethodAdapter(
                routes, () -> context.getBean(RequestMappingHandlerAdapter.class));
    }

    /** Bodies as the application's own codec for JSON reads and writes them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JsonMapper.class)
    static class Json {

        @Bean
        @ConditionalOnMissingBean(JsonBodies.class)
        JacksonBodies fasterApiJsonBodies() {
            return new JacksonBodies();
        }
    }
}
