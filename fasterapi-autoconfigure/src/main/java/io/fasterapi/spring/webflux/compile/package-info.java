/**
 * What can be compiled: at start-up, which of the application's own parts serves which argument and
 * result of its controller methods, and why a method does without the direct lane. Its neighbour
 * {@code webflux.invoke} serves the requests.
 */
@NullMarked
package io.fasterapi.spring.webflux.compile;

import org.jspecify.annotations.NullMarked;
