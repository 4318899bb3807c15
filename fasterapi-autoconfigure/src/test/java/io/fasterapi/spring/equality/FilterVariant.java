package io.fasterapi.spring.equality;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Three filters for the second run: one marks every answer, refuses {@code /list} and asks for a
 * moment before {@code /map}; one refuses {@link GuardedEndpoints}, in ways that users write; one
 * looks at the request and what became of it.
 */
@Configuration(proxyBeanMethods = false)
class FilterVariant {

    private static final PathPattern VAULT = PathPatternParser.defaultInstance.parse("/vault/**");

    @Bean
    @Order(1)
    WebFilter marking() {
        return (exchange, chain) -> {
            exchange.getResponse().getHeaders().add("X-Filter", "marked");
            return switch (exchange.getRequest().getPath().value()) {
                case "/list" -> refuse(exchange.getResponse());
                case "/map" -> Mono.delay(Duration.ofMillis(5)).then(chain.filter(exchange));
                default -> chain.filter(exchange);
            };
        };
    }

    @Bean
    @Order(2)
    WebFilter guarding() {
        return (exchange, chain) ->
                isGuarded(exchange.getRequest())
                        ? refuse(exchange.getResponse())
                        : chain.filter(exchange);
    }

    @Bean
    @Order(3)
    WebFilter observing() {
        return FilterVariant::observe;
    }

    /** By the raw path, by a pattern, and by the decoded path and a header. */
    private static boolean isGuarded(ServerHttpRequest request) {
        return request.getPath().value().startsWith("/guarded/")
                || VAULT.matches(request.getPath().pathWithinApplication())
                || request.getURI().getPath().equals("/token/needed")
                        && !request.getHeaders().containsHeader("X-Token");
    }

    private static Mono<Void> observe(ServerWebExchange exchange, WebFilterChain chain) {
        ServerWebExchange mutated =
                exchange.mutate().request(r -> r.headers(h -> h.set("X-Many", "filter"))).build();
        mutated.getResponse()
                .beforeCommit(
                        () -> {
                            mutated.getResponse().getHeaders().set("X-Before-Commit", "yes");
                            return Mono.empty();
                        });
        return chain.filter(mutated);
    }

    private static Mono<Void> refuse(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.FORBIDDEN);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap("refused".getBytes())));
    }
}
