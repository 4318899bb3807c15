package io.fasterapi.spring.controller;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * What a controller method returns, as found at start-up. Immutable.
 *
 * @param wrapping how the value arrives
 * @param entity whether the value is a ResponseEntity around the body
 * @param kind what the body is
 * @param type the declared type of the body
 * @param writer writes the body as JSON; null if it is none
 */
record Result(
        Wrapping wrapping,
        boolean entity,
        ResultKind kind,
        ResolvableType type,
        JsonBodies.@Nullable Writer writer) {

    /** How a value arrives. */
    enum Wrapping {
        /** It is what the method returns. */
        PLAIN,
        /** In a Mono. */
        MONO,
        /** In a CompletionStage or CompletableFuture. */
        STAGE
    }
}
