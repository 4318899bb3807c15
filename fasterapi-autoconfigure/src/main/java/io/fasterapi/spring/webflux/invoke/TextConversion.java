package io.fasterapi.spring.webflux.invoke;

import org.jspecify.annotations.Nullable;

/** Converts a text to the type of an argument. Shared by all threads. */
@FunctionalInterface
public interface TextConversion {

    /** Converts; what it throws is left to WebFlux, which converts again. */
    @Nullable Object convert(String text);
}
