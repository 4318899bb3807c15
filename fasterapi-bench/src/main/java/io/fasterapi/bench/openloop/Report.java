package io.fasterapi.bench.openloop;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * The result of a run. Immutable.
 *
 * @param port port of the server
 * @param warmSeconds seconds that were not counted
 * @param seconds seconds that were
 * @param streams one report for each stream
 */
record Report(int port, double warmSeconds, double seconds, List<StreamReport> streams) {

    Report {
        streams = List.copyOf(streams);
    }

    /** Counts, latencies and the generator's own lateness, as Markdown. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("| stream | due/s | sent | 2xx | 503 | other | timed out | dropped |");
        text.append(" errors | goodput/s |\n|---|---|---|---|---|---|---|---|---|---|\n");
        for (StreamReport stream : streams) {
            text.append(
                    line(
                            "| %s | %.0f | %d | %d | %d | %d | %d | %d | %d | %.1f |\n",
                            stream.name(),
                            stream.rate(),
                            stream.sent(),
                            stream.ok().count(),
                            stream.refused().count(),
                            stream.other(),
                            stream.timedOut(),
                            stream.dropped(),
                            stream.failed(),
                            stream.goodput()));
        }
        text.append("\nms from the intended time:\n\n");
        text.append("| stream | answers | p50 | p90 | p99 | p99.9 | max |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        for (StreamReport stream : streams) {
            text.append(row(stream.name(), "2xx", stream.ok()));
            if (stream.refused().count() > 0) {
                text.append(row(stream.name(), "503", stream.refused()));
            }
        }
        text.append('\n');
        streams.forEach(stream -> text.append(lateness(stream)));
        return text.toString();
    }

    private static String row(String name, String answers, Latency latency) {
        return line(
                "| %s | %s | %.3f | %.3f | %.3f | %.3f | %.3f |\n",
                name,
                answers,
                latency.p50(),
                latency.p90(),
                latency.p99(),
                latency.p999(),
                latency.max());
    }

    private static String lateness(StreamReport stream) {
        return line(
                "%s: the generator was late by %.3f ms at p50, %.3f at p99, %.3f at most\n",
                stream.name(), stream.late().p50(), stream.late().p99(), stream.late().max());
    }

    /** All of it, the seconds too, as JSON. */
    String json() {
        return JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(this);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
