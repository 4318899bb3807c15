package io.fasterapi.placement;

import java.time.Instant;

/**
 * The move of a route to another placement. Immutable.
 *
 * @param route its name, for example {@code GET /users/{id}}
 * @param from where it ran before
 * @param to where it runs now
 * @param reason the measurements that decided, as part of a sentence
 * @param at the time of the move
 */
public record PlacementMove(
        String route, Placement from, Placement to, String reason, Instant at) {}
