/**
 * Body writers: how the value of an answer becomes bytes in a pooled buffer, chosen once for each
 * class. Knows neither the transport nor Spring; {@code io.fasterapi.server} and the lane through
 * WebFlux bring the buffers.
 */
@NullMarked
package io.fasterapi.write;

import org.jspecify.annotations.NullMarked;
