package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Counts requests by the lane that served them, in total and for each mapping known at the start.
 * Thread-safe.
 */
public final class LaneCounters {

    private static final String EVERY_METHOD = "*";

    private final LongAdder[] lanes = zeros(Lane.values().length);

    /** By pattern, then by method. */
    private final Map<String, Map<String, MappingCounters>> functions = new ConcurrentHashMap<>();

    private final Map<Class<?>, MappingCounters> mappings = new ConcurrentHashMap<>();

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

    /**
     * Returns the counters of a functional or other route, created at the first call.
     *
     * @param methods its HTTP methods with commas between them, or {@code *}
     * @param pattern the pattern that WebFlux says has matched
     */
    public MappingCounters ofFunction(String methods, String pattern) {
        Map<String, MappingCounters> byMethod =
                functions.computeIfAbsent(pattern, unused -> new ConcurrentHashMap<>());
        MappingCounters own = byMethod.computeIfAbsent(methods, this::filtered);
        for (String method : methods.split(",")) {
            byMethod.putIfAbsent(method, own);
        }
        return own;
    }

    /** Returns the counters of a mapping that does not tell its patterns, by its class. */
    public MappingCounters ofMapping(Class<?> type) {
        return mappings.computeIfAbsent(type, unused -> filtered(""));
    }

    private MappingCounters filtered(String unused) {
        return new MappingCounters(this, Lane.FILTERED);
    }

    /**
     * Counts a request whose handler is not a compiled method.
     *
     * @param mapping has found the handler
     */
    void served(ServerWebExchange exchange, HandlerMapping mapping) {
        MappingCounters known = known(exchange);
        if (known == null) {
            known = mappings.get(mapping.getClass());
        }
        if (known == null) {
            served(Lane.FILTERED);
        } else {
            known.served(Lane.FILTERED);
        }
    }

    private @Nullable MappingCounters known(ServerWebExchange exchange) {
        Object pattern = exchange.getAttribute(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE);
        if (pattern == null) {
            pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        }
        Map<String, MappingCounters> byMethod =
                pattern instanceof PathPattern parsed
                        ? functions.get(parsed.getPatternString())
                        : null;
        if (byMethod == null) {
            return null;
        }
        MappingCounters own = byMethod.get(exchange.getRequest().getMethod().name());
        return own == null ? byMethod.get(EVERY_METHOD) : own;
    }
}
