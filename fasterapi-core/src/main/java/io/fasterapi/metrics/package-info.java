/**
 * Micrometer meters for rings, cores, direct routes, object pools and stalls. Only this package
 * uses Micrometer and no other package imports it, so the core runs without the library.
 */
@NullMarked
package io.fasterapi.metrics;

import org.jspecify.annotations.NullMarked;
