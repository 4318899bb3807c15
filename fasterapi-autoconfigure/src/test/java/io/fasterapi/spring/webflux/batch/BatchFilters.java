package io.fasterapi.spring.webflux.batch;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Brings the filtered lane, and knows who asks. */
@Configuration(proxyBeanMethods = false)
class BatchFilters {

    @Bean
    WebFilter user() {
        return (exchange, chain) ->
                "no".equals(exchange.getRequest().getHeaders().getFirst("X-Pass"))
                        ? refuse(exchange)
                        : chain.filter(
                                exchange.mutate().principal(Mono.just(() -> "somebody")).build());
    }

    private static Mono<Void> refuse(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
        return exchange.getResponse().setComplete();
    }
}
