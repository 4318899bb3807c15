package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Counts requests by the lane that served them, in total and for each mapping known at the start.
 * Thread-safe.
 */
public final class LaneCounters {

    private final LongAdder[] lanes = zeros(Lane.values().length);
    private final Map<String, MappingCounters> functions = new ConcurrentHashMap<>();

    static LongAdder[] zeros(int count) {
        return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
    }

    void served(Lane lane) {
        lanes[lane.ordinal()].increment();
    }

    /** Returns how many requests a lane has served. */
    public long calls(Lane lane) {
        return lanes[lane.ordinal()].sum();
    }

    /** Returns the counters of a functional or other route. They are created at the first call. */
    public MappingCounters ofFunction(String pattern) {
        return functions.computeIfAbsent(
                pattern, unused -> new MappingCounters(this, Lane.FILTERED));
    }

    /** Counts a request whose handler is not a compiled method. */
    void served(ServerWebExchange exchange) {
        Object pattern = exchange.getAttribute(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE);
        if (pattern == null) {
            pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        }
        MappingCounters known =
                pattern instanceof PathPattern parsed
                        ? functions.get(parsed.getPatternString())
                        : null;
        if (known == null) {
            served(Lane.FILTERED);
        } else {
            known.served(Lane.FILTERED);
        }
    }
}
