/** Quarkus REST with Jackson and the reactive PostgreSQL client. */
package io.fasterapi.bench.peers.quarkus;
