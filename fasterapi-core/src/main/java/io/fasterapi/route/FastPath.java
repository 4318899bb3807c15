package io.fasterapi.route;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for the direct lane for a controller method, or for all of a controller: the method is
 * called without the WebFlux machinery. Refused at start-up, with the reason, where that would get
 * round something or the method cannot be called that way.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface FastPath {}
