/** Micronaut on its Netty server, with its own serialisation. */
package io.fasterapi.bench.peers.micronaut;
