/** Armeria with an annotated service. */
package io.fasterapi.bench.peers.armeria;
