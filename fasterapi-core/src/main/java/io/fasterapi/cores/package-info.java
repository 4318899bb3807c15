/**
 * Handler cores: one thread and one LMAX Disruptor ring each.
 *
 * <pre>
 * event loop --publish--&gt; ring (many producers, one consumer) --&gt; handler core --+
 *     ^                                                                           |
 *     +------------- hand-back: one task per loop and drained batch --------------+
 * </pre>
 *
 * The only package that knows the Disruptor. It knows nothing of HTTP: what crosses the ring is a
 * {@link io.fasterapi.cores.CoreTask}, what comes back is a {@link io.fasterapi.cores.LoopReturn}.
 */
@NullMarked
package io.fasterapi.cores;

import org.jspecify.annotations.NullMarked;
