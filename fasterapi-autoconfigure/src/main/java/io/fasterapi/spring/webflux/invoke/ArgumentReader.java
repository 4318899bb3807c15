package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.http.FastRequest;
import org.jspecify.annotations.Nullable;

/** Reads one argument of a compiled method. All threads share it. */
@FunctionalInterface
public interface ArgumentReader {

    /**
     * Reads the argument.
     *
     * @throws UnresolvedException if WebFlux must read it; no code of the application has run
     * @throws Throwable the failure that WebFlux would have had, after code of the application has
     *     run
     */
    @Nullable Object read(FastRequest request) throws Throwable;
}
