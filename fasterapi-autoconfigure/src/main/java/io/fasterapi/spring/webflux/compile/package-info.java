/**
 * Compiles controller methods at start-up: which of the application's own parts serves each
 * argument and result, and why a method cannot take the direct lane. {@code webflux.invoke} serves
 * the requests.
 */
@NullMarked
package io.fasterapi.spring.webflux.compile;

import org.jspecify.annotations.NullMarked;
