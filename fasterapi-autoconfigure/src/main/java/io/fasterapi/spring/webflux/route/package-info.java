/**
 * Fast routes in a Spring application: their lane, the application's JSON and error handling for
 * them, and their way through WebFlux where filters apply.
 */
@NullMarked
package io.fasterapi.spring.webflux.route;

import org.jspecify.annotations.NullMarked;
