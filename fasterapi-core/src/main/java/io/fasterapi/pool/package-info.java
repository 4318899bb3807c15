/**
 * Object pools: they keep objects that are expensive to make for their next use. The package knows
 * no requests and no meters; {@code io.fasterapi.metrics} reads {@link
 * io.fasterapi.pool.ObjectPool#counters()}.
 *
 * <p>Pool an object only if a benchmark shows a gain, and only if no other code keeps a reference
 * to it. After its release another thread may use it.
 */
@NullMarked
package io.fasterapi.pool;

import org.jspecify.annotations.NullMarked;
