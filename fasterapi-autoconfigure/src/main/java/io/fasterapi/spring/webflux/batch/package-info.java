/**
 * Batch handlers of controllers. Each is replaced in WebFlux's mapping by a method of a single
 * item, so that lanes, placement, validation and everything else see an ordinary controller method;
 * that one submits its item to a batcher, which calls the handler.
 */
@NullMarked
package io.fasterapi.spring.webflux.batch;

import org.jspecify.annotations.NullMarked;
