package io.fasterapi.route;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for the direct lane for a controller method, or for all methods of a controller. Such a
 * method is called without WebFlux's handler chain. The application does not start, and says why,
 * if the method cannot be called that way or if that would bypass something, for example a filter.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface FastPath {}
