/**
 * What a route's handler sees: a request, a response, and how values become bytes. No transport and
 * no routing here; {@code io.fasterapi.route} names the routes, {@code io.fasterapi.server} carries
 * these contracts over Reactor Netty.
 */
@NullMarked
package io.fasterapi.http;

import org.jspecify.annotations.NullMarked;
