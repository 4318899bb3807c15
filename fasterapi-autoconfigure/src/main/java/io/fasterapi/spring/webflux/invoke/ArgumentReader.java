package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.http.FastRequest;
import org.jspecify.annotations.Nullable;

/** Gives one argument of a compiled method. Shared by all threads. */
@FunctionalInterface
public interface ArgumentReader {

    /**
     * Reads the argument.
     *
     * @throws UnresolvedException if WebFlux has to, and no code of the application has run
     * @throws Throwable what WebFlux would have failed with, after code of the application has run
     */
    @Nullable Object read(FastRequest request) throws Throwable;
}
