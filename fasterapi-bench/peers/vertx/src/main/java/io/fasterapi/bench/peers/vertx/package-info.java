/** Vert.x with its web router and its PostgreSQL client. */
package io.fasterapi.bench.peers.vertx;
