/** The database of the comparison. */
package io.fasterapi.bench.peers.postgres;
