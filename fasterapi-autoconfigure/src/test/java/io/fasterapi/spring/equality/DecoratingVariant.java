package io.fasterapi.spring.equality;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.WebFilter;

/** Two filters: one hands on a request of a class of its own, always; one marks the answer. */
@Configuration(proxyBeanMethods = false)
class DecoratingVariant {

    @Bean
    @Order(1)
    WebFilter decorating() {
        return (exchange, chain) -> {
            ServerHttpRequest request = exchange.getRequest();
            return chain.filter(
                    exchange.mutate().request(new ServerHttpRequestDecorator(request)).build());
        };
    }

    @Bean
    @Order(2)
    WebFilter marking() {
        return (exchange, chain) -> {
            exchange.getResponse().getHeaders().add("X-Filter", "marked");
            return chain.filter(exchange);
        };
    }
}
