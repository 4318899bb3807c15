package io.fasterapi.bench.openloop;

import java.util.List;

/**
 * One run of the generator. Immutable.
 *
 * @param port port of the server, on the loopback address
 * @param threads event loops; each stream is divided among all of them
 * @param warmSeconds how long requests are sent before any is counted, in seconds
 * @param seconds how long requests are sent and counted, in seconds
 * @param limits limits of each stream
 * @param streams what to send
 */
record Plan(
        int port,
        int threads,
        double warmSeconds,
        double seconds,
        Limits limits,
        List<RequestStream> streams) {

    private static final double MOST_SECONDS = 86_400;

    Plan {
        streams = List.copyOf(streams);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
        if (threads < 1 || streams.isEmpty()) {
            throw new IllegalArgumentException(
                    "threads, streams: %d, %d (expected: at least 1 each)"
                            .formatted(threads, streams.size()));
        }
        if (!(seconds > 0 && warmSeconds >= 0 && seconds + warmSeconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    "seconds, warm: %s, %s (expected: above 0, 0 or more, to a day together)"
                            .formatted(seconds, warmSeconds));
        }
    }
}
