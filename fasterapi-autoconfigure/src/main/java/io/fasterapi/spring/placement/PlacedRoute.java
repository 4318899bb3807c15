package io.fasterapi.spring.placement;

import io.fasterapi.http.FastHandler;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.RoutePlacement;

/**
 * What a tree of mappings finds: a placement, not a handler.
 *
 * @param placement where requests of the mapping run
 */
record PlacedRoute(RoutePlacement placement) implements FastHandler {

    /** Never called: such a tree is only searched. */
    @Override
    public void handle(FastRequest request, FastResponse response) {
        throw new UnsupportedOperationException("route: of placements");
    }
}
