package io.fasterapi.placement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sends all requests of one key to one handler core, in the order in which they arrive: there is
 * one writer per key, and what belongs to a key needs no locks. On a controller method, or on a
 * controller for all its methods; the method's own wins.
 *
 * <p>Exactly one attribute names the key; anything else stops the start-up. Equal keys have the
 * same core whichever method they come to. A request without the key runs on any core.
 *
 * <p>The method's own call is what runs on the core. What a {@code Mono} or a future that it
 * returns does later runs where that says.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ShardBy {

    /** Returns the name of a path variable, which every pattern of the method must have. */
    String path() default "";

    /** Returns the name of a header, of whose values the first counts. */
    String header() default "";

    /** Returns the name of a query parameter, of whose values the first counts. */
    String query() default "";

    /**
     * Returns a JSON pointer into the request body, for example {@code /user/id}. A text or number
     * there is the key as it is written, an object or array by its content; a body that is no JSON
     * has no key.
     *
     * <p>This one costs: the application's {@code JsonMapper} reads the whole body into a tree on
     * the event loop, and the method's parameter is read from the bytes once more. Prefer the other
     * attributes where clients can name the key there.
     *
     * <p>It holds on the direct lane alone: a request that needs WebFlux (it has an {@code Origin},
     * is sent in chunks or compressed, is longer than direct routes read) runs on any core, since
     * there the body is read after that was decided. So state without locks must not depend on it
     * where such requests come.
     */
    String json() default "";
}
