/**
 * Reactor Netty's side: connections, the order of their answers, early answers and refusals. The
 * side door: direct routes over Reactor Netty's own request and response, for every protocol it
 * speaks, and the event loops of the server.
 */
@NullMarked
package io.fasterapi.netty;

import org.jspecify.annotations.NullMarked;
