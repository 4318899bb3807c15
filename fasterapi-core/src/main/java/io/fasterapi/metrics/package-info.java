/**
 * Micrometer's view of rings, cores, direct routes, object pools and stalls; {@link
 * io.fasterapi.metrics.FasterApiMeter} lists every meter. The only package that knows Micrometer;
 * nothing else refers to it, so that core runs without the library.
 */
@NullMarked
package io.fasterapi.metrics;

import org.jspecify.annotations.NullMarked;
