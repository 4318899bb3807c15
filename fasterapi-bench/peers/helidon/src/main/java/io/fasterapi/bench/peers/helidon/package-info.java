/** Helidon SE, which gives each connection a virtual thread. */
package io.fasterapi.bench.peers.helidon;
