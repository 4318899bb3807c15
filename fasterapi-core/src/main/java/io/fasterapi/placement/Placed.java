package io.fasterapi.placement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says where a controller's method runs, or all methods of a class that say nothing themselves. The
 * property {@code fasterapi.placement.routes} has the last word.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Placed {

    /** Returns where. */
    Placement value();
}
