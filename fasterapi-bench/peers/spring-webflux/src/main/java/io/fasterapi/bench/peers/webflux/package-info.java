/** The WebFlux application that is served by stock WebFlux and by every lane of the starter. */
@NullMarked
package io.fasterapi.bench.peers.webflux;

import org.jspecify.annotations.NullMarked;
