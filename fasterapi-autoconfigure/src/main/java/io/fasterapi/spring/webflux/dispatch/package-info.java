/**
 * WebFlux on the handler cores: Spring's own {@code HttpHandler}, run by a core instead of an event
 * loop, with the request body brought to the core and the response returned in batches.
 */
@NullMarked
package io.fasterapi.spring.webflux.dispatch;

import org.jspecify.annotations.NullMarked;
