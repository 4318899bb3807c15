/**
 * Batch handlers of controllers. In WebFlux's mapping each one is replaced by a single-item method.
 * So lanes, placement and validation see an ordinary controller method. That method submits its
 * item to a batcher, which calls the handler.
 */
@NullMarked
package io.fasterapi.spring.webflux.batch;

import org.jspecify.annotations.NullMarked;
