package io.fasterapi.spring.controller;

import io.fasterapi.spring.webflux.route.CorsMappings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsProcessor;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * What WebFlux's mapping does about CORS before it hands out a method. A request with an Origin
 * never gets here; to the answers of all others WebFlux adds what varies. Shared by all threads.
 *
 * @param source finds the configuration of a path
 * @param processor WebFlux's own
 */
record GlobalCors(UrlBasedCorsConfigurationSource source, CorsProcessor processor) {

    static @Nullable GlobalCors of(
            ApplicationContext context, RequestMappingHandlerMapping mapping) {
        Map<String, CorsConfiguration> rules =
                CorsMappings.of(context.getBeanProvider(WebFluxConfigurer.class).orderedStream());
        if (rules.isEmpty()) {
            return null;
        }
        UrlBasedCorsConfigurationSource source =
                new UrlBasedCorsConfigurationSource(mapping.getPathPatternParser());
        source.setCorsConfigurations(rules);
        return new GlobalCors(source, mapping.getCorsProcessor());
    }

    /** Does it, and tells whether the method may be called; else WebFlux says why not. */
    boolean passes(ServerWebExchange exchange) {
        CorsConfiguration rule = source.getCorsConfiguration(exchange);
        if (rule == null) {
            return true;
        }
        try {
            rule.validateAllowCredentials();
            rule.validateAllowPrivateNetwork();
        } catch (IllegalArgumentException contradiction) {
            return false;
        }
        return processor.process(rule, exchange);
    }
}
