package io.fasterapi.spring.webflux.dispatch;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Stands before all filters, if no filter of ours stands behind them: names the exchange for the
 * watchdog. Called on the thread that runs the filters; stateless.
 */
public final class WatchedFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        WebFluxRoute.note(exchange);
        return chain.filter(exchange);
    }

    /** Named for every request, in Reactor's checkpoints: a constant. */
    @Override
    public String toString() {
        return "FasterAPI";
    }
}
