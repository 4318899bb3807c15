package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.placement.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * What the configuration says of paths: patterns as Spring writes them, the more specific ones
 * first. Immutable.
 */
public final class ConfiguredPlacements {

    /**
     * One line of the configuration.
     *
     * @param pattern for the path, without any base path
     * @param placement where its requests run
     */
    record Entry(PathPattern pattern, Placement placement) {}

    private final List<Entry> entries;

    /**
     * Parses the patterns.
     *
     * @throws PatternParseException if one of them is none
     */
    public ConfiguredPlacements(Map<String, Placement> placements) throws PatternParseException {
        List<Entry> parsed = new ArrayList<>();
        placements.forEach(
                (pattern, placement) ->
                        parsed.add(
                                new Entry(
                                        PathPatternParser.defaultInstance.parse(pattern),
                                        placement)));
        parsed.sort((one, other) -> one.pattern().compareTo(other.pattern()));
        this.entries = List.copyOf(parsed);
    }

    /** Returns what is said of a path template: its variables stand for themselves. */
    public @Nullable Placement of(String template) {
        if (entries.isEmpty()) {
            return null;
        }
        PathContainer path = PathContainer.parsePath(template.replace("%", "%25"));
        for (Entry entry : entries) {
            if (entry.pattern().matches(path)) {
                return entry.placement();
            }
        }
        return null;
    }

    List<Entry> entries() {
        return entries;
    }
}
