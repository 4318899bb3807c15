/**
 * Handler cores: one thread and one LMAX Disruptor ring each.
 *
 * <pre>
 * event loop --publish--&gt; ring (many producers, one consumer) --&gt; handler core --+
 *    ^                                                                           |
 *    +---------- completion batch: one task per loop and drained batch ----------+
 * </pre>
 *
 * This is the only package that uses the Disruptor. It knows no HTTP: a {@link
 * io.fasterapi.core.CoreTask} passes the ring, a {@link io.fasterapi.core.LoopReturn} comes back.
 */
@NullMarked
package io.fasterapi.core;

import org.jspecify.annotations.NullMarked;
