/**
 * Serves requests with what was compiled: on the direct lane without an exchange, and at the end of
 * the filter chain in place of the dispatcher. A request may leave the direct lane in any state and
 * go on in WebFlux.
 */
@NullMarked
package io.fasterapi.spring.webflux.invoke;

import org.jspecify.annotations.NullMarked;
