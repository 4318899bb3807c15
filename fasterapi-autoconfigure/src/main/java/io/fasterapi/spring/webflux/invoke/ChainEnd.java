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
 * The last filter of the application's chain. It dispatches in place of the dispatcher behind it.
 * All other filters run before it and may change the exchange. All threads share it.
 */
public final class ChainEnd implements WebFilter {

    private final LaneCounters counters;
    private volatile @Nullable Target target;
    private volatile @Nullable WebFilterChain knownEnd;

    /**
     * Where to dispatch.
     *
     * @param dispatcher dispatches
     * @param handler the handler that it replaces
     */
    private record Target(Dispatcher dispatcher, WebHandler handler) {}

    /**
     * Creates the filter. It leaves everything to the application's own dispatcher at first.
     *
     * @param counters counts those requests
     */
    public ChainEnd(LaneCounters counters) {
        this.counters = counters;
    }

    /**
     * Dispatches from now on.
     *
     * @param ready null leaves it to the application's own dispatcher
     * @param handler the application's own dispatcher, which is replaced
     */
    public void dispatchBy(@Nullable Dispatcher ready, @Nullable WebHandler handler) {
        knownEnd = null;
        target = ready == null || handler == null ? null : new Target(ready, handler);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        WebFluxRoute.note(exchange);
        if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
            return chain.filter(exchange); // answered without a handler
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

    /** Returns whether this filter is the last one before the dispatcher. */
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
