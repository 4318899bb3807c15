/** One writer per key over HTTP: whether every total is exact, and how many requests a second. */
@NullMarked
package io.fasterapi.bench.shards;

import org.jspecify.annotations.NullMarked;
