/**
 * The watchdog: it finds threads that have been busy with one thing for too long, and reports what
 * that is.
 *
 * <pre>
 * event loop, core --begin, end--&gt; Activity &lt;--look-- Watchdog (one thread) --&gt;
 * StallListener
 * event loop       &lt;--------------- heartbeat --------+
 * </pre>
 *
 * The package knows neither cores nor routes. Both write into an {@link
 * io.fasterapi.watchdog.Activity}; a call is any object whose {@code toString} names it.
 */
@NullMarked
package io.fasterapi.watchdog;

import org.jspecify.annotations.NullMarked;
