package io.fasterapi.spring.webflux;

import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** A request of Spring's that we have put something before. */
public abstract class OwnRequest extends ServerHttpRequestDecorator {

    protected OwnRequest(ServerHttpRequest delegate) {
        super(delegate);
    }

    /**
     * Gives the request the attributes of its exchange, which Spring gives only to requests of its
     * own: a filter that stands before all others.
     */
    public static Mono<Void> shareAttributes(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (request instanceof OwnRequest) {
            while (request instanceof OwnRequest own) {
                request = own.getDelegate();
            }
            if (request instanceof AbstractServerHttpRequest spring) {
                spring.setAttributesSupplier(exchange::getAttributes);
            }
        }
        return chain.filter(exchange);
    }
}
