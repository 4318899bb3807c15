package io.fasterapi.batch;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls a controller method once for many requests: for those that have come while its previous
 * call was under way.
 *
 * <p>The method has one parameter, a {@code List<T>} or {@code List<BatchItem<T>>}, and returns as
 * many results in the same order: a {@code List<R>}, {@code Mono<List<R>>}, {@code Flux<R>} or
 * {@code CompletionStage<List<R>>}, where R may be a {@link BatchResult}. Each request carries one
 * T, as its body or as the parameter's annotation says, and gets one R, as if the method took a T
 * and returned a {@code Mono<R>}; its mapping, validation, status and exception handlers are those
 * of the method.
 *
 * <p>Batches run on a handler core; with {@link io.fasterapi.placement.ShardBy} on the core of the
 * key; with {@code @Placed(Placement.VIRTUAL)} on a thread of their own, where they may block.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BatchHandler {

    /** Returns the most requests of one call. */
    int maxSize() default 100;

    /**
     * Returns how long a request may wait for others while no call is under way, for example {@code
     * 2ms}. With zero it waits for nothing but the previous call.
     */
    String maxWait() default "0ms";

    /** Returns how many requests may wait; more are refused with 503. */
    int maxQueue() default 1024;

    /** Returns how many calls may be under way at a time, for each group. */
    int concurrency() default 1;

    /**
     * Returns whether the requests of a call that failed as a whole are tried once more, one by
     * one. Only for methods that may be called again for a request.
     */
    boolean idempotent() default false;

    /**
     * Returns the name of a component or method without parameters of T whose value is the group of
     * a request: requests of unlike groups never share a call, and each group has calls of its own.
     * Empty if all requests are alike.
     */
    String groupBy() default "";
}
