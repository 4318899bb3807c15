package io.fasterapi.spring.equality;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads {@code http.server.requests} of a server, without the probes. Stateless. */
final class RequestSeries {

    private RequestSeries() {}

    /** Counts by tags, all of them, written as {@code key=value} in the order of their keys. */
    static Map<String, Long> counts(Server server) {
        Map<String, Long> counts = new TreeMap<>();
        timers(server).forEach(timer -> counts.merge(tags(timer), timer.count(), Long::sum));
        counts.keySet().removeIf(tags -> tags.contains("uri=/probe"));
        return counts;
    }

    static long total(Server server) {
        return counts(server).values().stream().mapToLong(Long::longValue).sum();
    }

    private static Collection<Timer> timers(Server server) {
        return server.bean(MeterRegistry.class).find("http.server.requests").timers();
    }

    private static String tags(Timer timer) {
        return timer.getId().getTags().stream()
                .sorted()
                .map((Tag tag) -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(" "));
    }
}
