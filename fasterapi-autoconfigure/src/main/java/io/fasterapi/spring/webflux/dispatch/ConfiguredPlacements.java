package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.placement.Placement;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** The configured placements by path pattern, more specific patterns first. Immutable. */
public final class ConfiguredPlacements {

    private final SortedMap<PathPattern, Placement> placements = new TreeMap<>();

    /**
     * Parses the patterns.
     *
     * @param configured the placement of each pattern, for paths without any base path
     * @throws PatternParseException if a pattern is invalid
     */
    public ConfiguredPlacements(Map<String, Placement> configured) throws PatternParseException {
        configured.forEach(
                (pattern, placement) ->
                        placements.put(
                                PathPatternParser.defaultInstance.parse(pattern), placement));
    }

    /** Returns the placement of a path template, or null. Its variables stand for themselves. */
    public @Nullable Placement of(String template) {
        if (placements.isEmpty()) {
            return null;
        }
        PathContainer path = PathContainer.parsePath(template.replace("%", "%25"));
        for (Map.Entry<PathPattern, Placement> each : placements.entrySet()) {
            if (each.getKey().matches(path)) {
                return each.getValue();
            }
        }
        return null;
    }

    /** Calls the action for each pattern and its placement. */
    void forEach(BiConsumer<PathPattern, Placement> action) {
        placements.forEach(action);
    }
}
