package io.fasterapi.placement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sends all requests with the same shard key to the same handler core, in the order of their
 * arrival. So each key has one writer, and the state of a key needs no locks. The annotation stands
 * on a controller method, or on a controller for all its methods; that of the method wins.
 *
 * <p>Exactly one attribute names the key; otherwise the application does not start. Equal keys have
 * the same core, whichever method they come to. A request without the key runs on any core.
 *
 * <p>Only the call of the method itself runs on the core. Later work of a {@code Mono} or a future
 * that it returns runs where that says.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ShardBy {

    /** Returns the name of a path variable. Every pattern of the method must have it. */
    String path() default "";

    /** Returns the name of a header. Its first value is the key. */
    String header() default "";

    /** Returns the name of a query parameter. Its first value is the key. */
    String query() default "";

    /**
     * Returns a JSON pointer into the request body, for example {@code /user/id}. A text or number
     * is the key as it is written; an object or array is the key by its content. A body that is not
     * JSON has no key.
     *
     * <p>Cost: the application's {@code JsonMapper} parses the whole body on the event loop, and
     * the method's parameter is then read from the bytes again. Prefer another attribute if clients
     * can send the key there.
     *
     * <p>Limit: this attribute works on the direct lane only. A request that WebFlux must serve
     * runs on any core, because the core is chosen before the body is read. Such a request is sent
     * in chunks, is compressed, or is longer than the limit for direct routes. If such requests can
     * come, state without locks must not depend on this attribute.
     */
    String json() default "";
}
