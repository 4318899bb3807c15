package io.fasterapi.spring.controller;

import io.fasterapi.http.FastRequest;
import org.jspecify.annotations.Nullable;

/** Gives one argument of a controller method. Shared by all threads. */
@FunctionalInterface
interface ArgumentReader {

    /**
     * Reads the argument.
     *
     * @throws Unresolved if WebFlux has to
     */
    @Nullable Object read(FastRequest request) throws Unresolved;
}
