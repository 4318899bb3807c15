package io.fasterapi.spring.webflux.invoke;

import org.jspecify.annotations.Nullable;

/**
 * What a method returns. Immutable.
 *
 * @param wrapping what is around it
 * @param entity whether it is a {@code ResponseEntity}, with or without a body
 * @param encoders write the body, null if there is never one
 */
public record ResultPlan(Wrapping wrapping, boolean entity, @Nullable BodyEncoders encoders) {

    /** What a value comes in. */
    public enum Wrapping {
        PLAIN,
        MONO,
        STAGE
    }
}
