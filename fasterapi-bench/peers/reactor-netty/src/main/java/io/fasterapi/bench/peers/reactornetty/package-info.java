/** Reactor Netty, with routes in code. */
package io.fasterapi.bench.peers.reactornetty;
