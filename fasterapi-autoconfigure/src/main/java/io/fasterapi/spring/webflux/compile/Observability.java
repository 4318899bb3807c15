package io.fasterapi.spring.webflux.compile;

import org.jspecify.annotations.Nullable;

/**
 * Who sees the observation that stock makes of each request. Immutable.
 *
 * @param watcher who sees it whatever the method does, as part of a sentence; null if that is at
 *     most the meter
 * @param observed whether there is one, which code that answers later may look for in its context
 */
public record Observability(@Nullable String watcher, boolean observed) {}
