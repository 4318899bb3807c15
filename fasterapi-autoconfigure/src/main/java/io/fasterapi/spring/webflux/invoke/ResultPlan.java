package io.fasterapi.spring.webflux.invoke;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * What a method returns. Immutable.
 *
 * @param wrapping the type around it
 * @param entity whether it is a {@code ResponseEntity}, with or without a body
 * @param encoders write the body; null if there is never one
 */
public record ResultPlan(Wrapping wrapping, boolean entity, @Nullable BodyEncoders encoders) {

    /** Returns whether a known encoder writes values of the declared type as a media type. */
    boolean isKnown(MediaType mediaType) {
        BodyEncoders known = encoders;
        if (known == null) {
            return false;
        }
        return wrapping == Wrapping.FLUX
                ? StreamEncoding.writer(known, mediaType) != null
                : known.isKnown(mediaType);
    }

    /** The type around a value. */
    public enum Wrapping {
        PLAIN,
        MONO,
        STAGE,
        /** A Flux, or an entity with one. */
        FLUX
    }
}
