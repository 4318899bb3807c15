package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.placement.RoutePlacement;
import org.jspecify.annotations.Nullable;

/**
 * Where one request runs.
 *
 * @param placement its route's placement
 * @param key the key whose core must run it, or null if it has none
 */
public record RequestPlace(RoutePlacement placement, @Nullable Object key) {}
