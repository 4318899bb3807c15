package io.fasterapi.spring.failures;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

/** A filter that changes nothing. */
@Configuration(proxyBeanMethods = false)
class Passing {

    @Bean
    WebFilter passingFilter() {
        return (exchange, chain) -> chain.filter(exchange);
    }
}
