/** Netty with a handler written by hand. */
package io.fasterapi.bench.peers.netty;
