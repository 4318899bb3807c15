/**
 * The codec of bodies. Body writers write the value of an answer as bytes into a pooled buffer.
 * Each class of values gets its writer once. There is no transport and no Spring here; {@code
 * io.fasterapi.netty} and the lane through WebFlux bring the buffers.
 */
@NullMarked
package io.fasterapi.codec;

import org.jspecify.annotations.NullMarked;
