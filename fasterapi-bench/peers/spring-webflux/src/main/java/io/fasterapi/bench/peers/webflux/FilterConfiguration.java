package io.fasterapi.bench.peers.webflux;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;

/** Two filters, as most applications have some: they make requests take the filtered lane. */
@Configuration(proxyBeanMethods = false)
@Profile("filters")
class FilterConfiguration {

    @Bean
    @Order(1)
    WebFilter requestId() {
        return (exchange, chain) -> {
            exchange.getAttributes().put("request-id", exchange.getRequest().getId());
            return chain.filter(exchange);
        };
    }

    @Bean
    @Order(2)
    WebFilter noSniffing() {
        return (exchange, chain) -> {
            exchange.getResponse().getHeaders().set("X-Content-Type-Options", "nosniff");
            return chain.filter(exchange);
        };
    }
}
