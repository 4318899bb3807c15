package io.fasterapi.autoconfigure;

import io.fasterapi.autoconfigure.FasterApiProperties.Cores;
import io.fasterapi.autoconfigure.FasterApiProperties.Io;
import io.fasterapi.autoconfigure.FasterApiProperties.Pool;
import io.fasterapi.pool.PoolCapacity;
import io.fasterapi.spring.ConfigurationRefusedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** Refuses values of properties that are not allowed, and says which ones are. At start-up only. */
final class PropertyChecks {

    /** A token in the sense of RFC 9110. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(1);
    private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);

    private PropertyChecks() {}

    static ConfigurationRefusedException refused(String property, Object value, String allowed) {
        return new ConfigurationRefusedException(
                "The property '%s' has the value '%s', which is not allowed."
                        .formatted(property, value),
                "Set '" + property + "' to " + allowed + ".");
    }

    static void range(String property, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw refused(property, value, "a number from " + least + " to " + most);
        }
    }

    static void positive(String property, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw refused(property, value, "a number from 1");
        }
    }

    /** Checks the properties of deadlines. */
    static void deadline(@Nullable Duration timeout, @Nullable String header) {
        if (timeout != null
                && (timeout.compareTo(SHORTEST_DEADLINE) < 0
                        || timeout.compareTo(LONGEST_DEADLINE) > 0)) {
            throw refused("fasterapi.request-timeout", timeout, "a duration from 1ms to 1d");
        }
        if (header != null && !HEADER_NAME.matcher(header).matches()) {
            throw refused(
                    "fasterapi.deadline-header",
                    header,
                    "the name of a header, for example X-Request-Budget");
        }
    }

    /** Refuses spinning cores that would share CPUs. There, each spin costs milliseconds. */
    static void spinning(Cores cores, Io io) {
        if (!cores.waitMode().spinning()) {
            return;
        }
        Integer count = cores.count();
        Integer threads = io.threads();
        int cpus = Runtime.getRuntime().availableProcessors();
        if (count == null || threads == null || count + threads > cpus) {
            throw refused(
                    "fasterapi.cores.wait-mode",
                    cores.waitMode().name().toLowerCase(Locale.ROOT),
                    "park; or set fasterapi.cores.count and fasterapi.io.threads,"
                            + " whose sum must not exceed the %d CPUs".formatted(cpus));
        }
    }

    static void pools(Map<String, Pool> pools) {
        pools.forEach(
                (name, pool) -> {
                    String property = "fasterapi.pools." + name;
                    range(
                            property + ".per-thread",
                            pool.perThread(),
                            0,
                            PoolCapacity.MAX_PER_THREAD);
                    range(property + ".shared", pool.shared(), 0, PoolCapacity.MAX_SHARED);
                });
    }

    /** Parses a path pattern in Spring's syntax. */
    static PathPattern pattern(String property, String pattern) {
        if (!pattern.startsWith("/")) {
            throw refused(
                    property,
                    pattern,
                    "patterns that begin with '/', as a name in brackets: [/a/**]");
        }
        try {
            return PathPatternParser.defaultInstance.parse(pattern);
        } catch (PatternParseException ex) {
            throw refused(property, pattern, "a path pattern (" + ex.getMessage() + ")");
        }
    }
}
