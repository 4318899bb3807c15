/** Microbenchmarks of shipped classes. Run one with {@code fasterapi-bench/jmh NAME}. */
@NullMarked
package io.fasterapi.bench.jmh;

import org.jspecify.annotations.NullMarked;
