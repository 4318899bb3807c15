package io.fasterapi.pool;

import org.jspecify.annotations.Nullable;

/**
 * Uses a pooled object between its acquisition and its release. It runs on the thread that calls
 * {@link ObjectPool#use}.
 *
 * @param <T> the pooled type
 * @param <R> the type of the result
 * @param <E> the exceptions that the action may throw
 */
@FunctionalInterface
public interface PooledAction<T, R extends @Nullable Object, E extends Exception> {

    /**
     * Uses the object. Neither the result nor later work may keep it.
     *
     * @param pooled the object; it belongs to the caller until this method returns
     */
    R apply(T pooled) throws E;
}
