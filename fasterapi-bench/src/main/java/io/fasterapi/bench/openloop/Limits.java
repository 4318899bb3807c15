package io.fasterapi.bench.openloop;

/**
 * What one stream may hold at once. Immutable.
 *
 * @param connections connections, each with one request at a time
 * @param waiting requests that wait for a connection; what is due beyond them is dropped
 * @param timeoutNanos how long a request waits for a connection, and then again for its answer,
 *     before it is given up, in nanoseconds
 */
record Limits(int connections, int waiting, long timeoutNanos) {

    Limits {
        if (connections < 1 || waiting < 1 || timeoutNanos < 1) {
            throw new IllegalArgumentException(
                    "connections, queue, timeout: %d, %d, %d ns (expected: at least 1 each)"
                            .formatted(connections, waiting, timeoutNanos));
        }
    }

    /** The part of one of {@code shares} equal shares, rounded up. */
    Limits dividedBy(int shares) {
        return new Limits(
                (connections + shares - 1) / shares, (waiting + shares - 1) / shares, timeoutNanos);
    }
}
