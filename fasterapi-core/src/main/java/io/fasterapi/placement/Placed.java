package io.fasterapi.placement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the placement of a controller method, or of all methods of a class that have no placement of
 * their own. The property {@code fasterapi.placement.routes} overrides it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Placed {

    /** Returns the placement. */
    Placement value();
}
