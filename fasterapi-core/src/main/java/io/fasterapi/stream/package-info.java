/**
 * Streams between an event loop and a handler core. The source and the subscriber are on different
 * threads; signals and demand change threads at a {@link io.fasterapi.stream.HopTarget}. Nothing is
 * requested before the subscriber asks for it, and an element that is not received is released.
 */
@NullMarked
package io.fasterapi.stream;

import org.jspecify.annotations.NullMarked;
