package io.fasterapi.samples.quickstart;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.WebFilter;

/**
 * Two filters as applications have them, with {@code --spring.profiles.active=filters}: one adds a
 * header, one refuses some paths.
 */
@Configuration(proxyBeanMethods = false)
@Profile("filters")
public class FilterConfiguration {

    @Bean
    @Order(1)
    WebFilter serverName() {
        return (exchange, chain) -> {
            exchange.getResponse().getHeaders().set("X-Server", "quickstart");
            return chain.filter(exchange);
        };
    }

    @Bean
    @Order(2)
    WebFilter internalPaths() {
        return (exchange, chain) -> {
            if (exchange.getRequest().getPath().value().startsWith("/internal/")) {
                exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
                return exchange.getResponse().setComplete();
            }
            return chain.filter(exchange);
        };
    }
}
