package io.fasterapi.samples.quickstart.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What some requests in a row cost one application. Immutable.
 *
 * @param cpuNanos the CPU time of the server's threads
 * @param latencies how long each request took, in nanoseconds, in no order
 * @param other an answer that was not as expected; null if there was none
 */
record Slice(long cpuNanos, long[] latencies, @Nullable String other) {

    static Slice of(List<Slice> parts, long cpuNanos) {
        return new Slice(
                cpuNanos,
                parts.stream().flatMapToLong(part -> Arrays.stream(part.latencies)).toArray(),
                parts.stream().map(Slice::other).filter(Objects::nonNull).findFirst().orElse(null));
    }

    double cpuMicrosPerRequest() {
        return cpuNanos / 1e3 / latencies.length;
    }
}
