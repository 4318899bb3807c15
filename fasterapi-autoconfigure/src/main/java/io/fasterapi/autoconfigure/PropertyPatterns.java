package io.fasterapi.autoconfigure;

import io.fasterapi.spring.webflux.dispatch.PathPatterns;
import java.util.List;
import org.springframework.web.util.pattern.PatternParseException;

/** Refuses what is no path pattern, by the name of its property. */
final class PropertyPatterns {

    private PropertyPatterns() {}

    static void check(String property, String pattern) {
        if (!pattern.startsWith("/")) {
            throw InvalidProperty.of(
                    property,
                    pattern,
                    "patterns that begin with '/', as a name in brackets: [/a/**]");
        }
        try {
            new PathPatterns(List.of(pattern));
        } catch (PatternParseException ex) {
            throw InvalidProperty.of(property, pattern, "a path pattern (" + ex.getMessage() + ")");
        }
    }
}
