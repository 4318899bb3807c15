/**
 * Body writers: they write the value of an answer as bytes into a pooled buffer. Each class of
 * values gets its writer once. There is no transport and no Spring here; {@code
 * io.fasterapi.server} and the lane through WebFlux bring the buffers.
 */
@NullMarked
package io.fasterapi.write;

import org.jspecify.annotations.NullMarked;
