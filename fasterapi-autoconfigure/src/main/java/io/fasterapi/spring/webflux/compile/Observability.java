package io.fasterapi.spring.webflux.compile;

import org.jspecify.annotations.Nullable;

/**
 * What sees the observation that stock WebFlux makes of each request. Immutable.
 *
 * @param watcher what sees it besides a meter, as part of a sentence; null if nothing does
 * @param observed whether there are observations; code that answers later may look for one in its
 *     context
 */
public record Observability(@Nullable String watcher, boolean observed) {}
