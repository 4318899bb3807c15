/**
 * Object pools: objects that are dear to make, kept for the next use. Knows nothing of requests and
 * nothing of meters ({@code io.fasterapi.metrics} reads {@link
 * io.fasterapi.pool.ObjectPool#counters()}).
 *
 * <p>Pool only what a benchmark shows to win, and nothing that code outside your own keeps: an
 * object that is used after its release belongs to somebody else.
 */
@NullMarked
package io.fasterapi.pool;

import org.jspecify.annotations.NullMarked;
