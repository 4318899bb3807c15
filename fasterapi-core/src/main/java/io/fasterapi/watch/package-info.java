/**
 * The watchdog: which threads have been at the same thing for too long, and what that is.
 *
 * <pre>
 * event loop, core --begin, end--&gt; Activity &lt;--look-- Watchdog (one thread) --&gt; StallListener
 * event loop       &lt;--------------- heartbeat --------+
 * </pre>
 *
 * Knows neither cores nor routes: both write into an {@link io.fasterapi.watch.Activity}, and what
 * they are at is any object whose {@code toString} names it.
 */
@NullMarked
package io.fasterapi.watch;

import org.jspecify.annotations.NullMarked;
