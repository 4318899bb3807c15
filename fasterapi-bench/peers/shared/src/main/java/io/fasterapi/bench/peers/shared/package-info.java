/** What all servers have in common: the objects in JSON, and the work of a slow handler. */
package io.fasterapi.bench.peers.shared;
