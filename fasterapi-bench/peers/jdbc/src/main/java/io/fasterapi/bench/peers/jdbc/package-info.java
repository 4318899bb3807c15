/** The table of rows by JDBC. */
package io.fasterapi.bench.peers.jdbc;
