package io.fasterapi.pool;

import org.jspecify.annotations.Nullable;

/**
 * What is done with a pooled object between its acquisition and its release.
 *
 * @param <T> the pooled type
 * @param <R> the result's type
 * @param <E> what the action may throw
 */
@FunctionalInterface
public interface PooledAction<T, R extends @Nullable Object, E extends Exception> {

    /**
     * Uses the object. It must not be kept, neither by the result nor by a continuation.
     *
     * @param pooled the object, the caller's own until this method returns
     */
    R apply(T pooled) throws E;
}
