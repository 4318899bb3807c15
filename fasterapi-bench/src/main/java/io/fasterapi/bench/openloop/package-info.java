/**
 * Load at constant rates, whatever the server does: an open loop.
 *
 * <pre>
 * {@link io.fasterapi.bench.openloop.Arrivals}   {@link io.fasterapi.bench.openloop.Share}                          {@link io.fasterapi.bench.openloop.Connection}
 *   next due --> waiting --> one of the idle connections --> request, answer --+
 *                   |                                                          |
 *                   +--> dropped, timed out -----> {@link io.fasterapi.bench.openloop.Tally} <------- status, latency ----+
 * </pre>
 *
 * <p>A closed loop, which sends its next request when it has the answer to the last one, sends less
 * while the server stalls, and so forgets the requests that would have had to wait (coordinated
 * omission). Here each request has an intended time, which depends on the rate alone, and every
 * latency begins there: time spent waiting for a free connection counts.
 *
 * <p>Each share is owned by one event loop, which paces, sends and receives: nothing is shared
 * between threads during a run.
 */
@NullMarked
package io.fasterapi.bench.openloop;

import org.jspecify.annotations.NullMarked;
