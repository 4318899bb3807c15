package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.dispatch.WebFluxRoute;
import io.fasterapi.spring.webflux.route.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.handler.DefaultWebFilterChain;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * The last filter of the application's chain, which dispatches in place of the dispatcher behind
 * it. All other filters run before it, whatever they make of the exchange. Shared by all threads.
 */
public final class ChainEnd implements WebFilter {

    private final LaneCounters counters;
    private volatile @Nullable Target target;
    private volatile @Nullable WebFilterChain knownEnd;

    /**
     * What to do.
     *
     * @param dispatcher dispatches
     * @param handler in place of this one
     */
    private record Target(Dispatcher dispatcher, WebHandler handler) {}

    /**
     * Leaves everything to the application's own dispatcher.
     *
     * @param counters count that
     */
    public ChainEnd(LaneCounters counters) {
        this.counters = counters;
    }

    /**
     * Dispatches from now on.
     *
     * @param ready null leaves that to the application's own dispatcher
     * @param handler the application's own dispatcher, in whose place that happens
     */
    public void dispatchBy(@Nullable Dispatcher ready, @Nullable WebHandler handler) {
        knownEnd = null;
        target = ready == null || handler == null ? null : new Target(ready, handler);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        WebFluxRoute.note(exchange);
        if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
            return chain.filter(exchange); // is answered without a handler
        }
        Target known = target;
        if (known == null || (chain != knownEnd && !isEnd(chain, known))) {
            counters.served(Lane.WEBFLUX);
            return chain.filter(exchange);
        }
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> actual) {
                new Dispatch(known.dispatcher(), exchange, actual).begin();
            }
        };
    }

    /** Tells whether no filter comes after this one, and the dispatcher does. */
    private boolean isEnd(WebFilterChain chain, Target known) {
        if (!(chain instanceof DefaultWebFilterChain own) || own.getHandler() != known.handler()) {
            return false;
        }
        List<WebFilter> filters = own.getFilters();
        boolean last = !filters.isEmpty() && filters.get(filters.size() - 1) == this;
        if (last) {
            knownEnd = chain;
        }
        return last;
    }

    @Override
    public String toString() {
        return "FasterAPI dispatch";
    }
}
