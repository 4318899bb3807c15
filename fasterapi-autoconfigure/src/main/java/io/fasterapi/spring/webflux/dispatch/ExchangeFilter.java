package io.fasterapi.spring.webflux.dispatch;

import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Stands before all filters: gives a request of ours the attributes of its exchange, which Spring
 * gives only to requests of its own, and names the exchange for the watchdog.
 */
public final class ExchangeFilter implements WebFilter {

    private final boolean watched;

    /**
     * Creates the filter.
     *
     * @param watched whether exchanges are named here, and not by a filter behind all others
     */
    public ExchangeFilter(boolean watched) {
        this.watched = watched;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (request instanceof OwnRequest) {
            share(request, exchange);
        }
        if (watched) {
            WebFluxRoute.note(exchange);
        }
        return chain.filter(exchange);
    }

    private static void share(ServerHttpRequest request, ServerWebExchange exchange) {
        ServerHttpRequest innermost = request;
        while (innermost instanceof OwnRequest own) {
            innermost = own.getDelegate();
        }
        if (innermost instanceof AbstractServerHttpRequest spring) {
            spring.setAttributesSupplier(exchange::getAttributes);
        }
    }

    /** Named for every request, in Reactor's checkpoints: a constant. */
    @Override
    public String toString() {
        return "FasterAPI";
    }
}
