/**
 * Streams whose source and subscriber are on different threads, an event loop and a handler core:
 * signals and demand change threads at a {@link io.fasterapi.stream.HopTarget}, nothing is fetched
 * that was not asked for, and what nobody receives is released.
 */
@NullMarked
package io.fasterapi.stream;

import org.jspecify.annotations.NullMarked;
