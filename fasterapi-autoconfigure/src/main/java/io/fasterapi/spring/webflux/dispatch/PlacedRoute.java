package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.http.FastHandler;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.Route;
import io.fasterapi.route.ShardKey;
import io.fasterapi.spring.webflux.route.ExchangeRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What a tree of mappings finds: where requests of a mapping run, not what handles them. */
final class PlacedRoute implements FastHandler {

    private final RequestPlace place;
    private final @Nullable ShardKey key;

    PlacedRoute(RoutePlacement placement, @Nullable ShardKey key) {
        this.place = new RequestPlace(placement, null);
        this.key = key;
    }

    RequestPlace of(ServerHttpRequest request, Route route, String[] variables) {
        return key == null
                ? place
                : new RequestPlace(
                        place.placement(),
                        key.keyOf(ExchangeRequest.head(request, route, variables)));
    }

    /** Returns the place of a request without looking at it; null if that has to be done. */
    @Nullable RequestPlace ofAny() {
        return key == null ? place : null;
    }

    RoutePlacement placement() {
        return place.placement();
    }

    /** Never called: such a tree is only searched. */
    @Override
    public void handle(FastRequest request, FastResponse response) {
        throw new UnsupportedOperationException("route: of placements");
    }
}
