/**
 * WebFlux on the handler cores. Spring's own {@code HttpHandler} runs on a core instead of an event
 * loop; the request body arrives on the core, and the answer returns in a completion batch.
 */
@NullMarked
package io.fasterapi.spring.webflux.dispatch;

import org.jspecify.annotations.NullMarked;
