package io.fasterapi.batch;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls a controller method once for many requests. A batch holds the requests that came while the
 * previous call was under way.
 *
 * <p>The method has one parameter, a {@code List<T>} or {@code List<BatchItem<T>>}. It returns as
 * many results in the same order: a {@code List<R>}, {@code Mono<List<R>>}, {@code Flux<R>} or
 * {@code CompletionStage<List<R>>}. R may be a {@link BatchResult}. For its clients the method
 * looks as if it took one T and returned a {@code Mono<R>}: each request carries one T, as its body
 * or as the parameter's annotation says, and gets one R. Mapping, validation, status and exception
 * handlers work as for any other method.
 *
 * <p>A batch runs on a handler core. With {@link io.fasterapi.placement.ShardBy} it runs on the
 * core of its shard key, with {@code @Placed(Placement.VIRTUAL)} on a thread of its own, where it
 * may block.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BatchHandler {

    /** Returns the most requests of one call, at least 1. */
    int maxSize() default 100;

    /**
     * Returns how long a request may wait for others while no call is under way, for example {@code
     * 2ms}. With zero a request waits only for the calls that are under way.
     */
    String maxWait() default "0ms";

    /** Returns how many requests may wait, at least 1. The next one is refused with 503. */
    int maxQueue() default 1024;

    /** Returns how many calls of one group may be under way at a time, at least 1. */
    int concurrency() default 1;

    /**
     * Returns whether the requests of a failed call are tried once more, one by one. Set it only if
     * the method may be called again for the same request.
     */
    boolean idempotent() default false;

    /**
     * Returns the name of a record component or of a method of T without parameters. Its value is
     * the group of a request. Requests of different groups never share a call, and each group has
     * calls of its own. If it is empty, all requests belong to one group.
     */
    String groupBy() default "";
}
