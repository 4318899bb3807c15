package io.fasterapi.placement;

import java.time.Instant;

/**
 * That a route runs elsewhere from now on.
 *
 * @param route its name, for example {@code GET /users/{id}}
 * @param from where it ran
 * @param to where it runs
 * @param reason the samples that decided it, as a part of a sentence
 * @param at when
 */
public record PlacementMove(
        String route, Placement from, Placement to, String reason, Instant at) {}
