package io.fasterapi.spring.webflux.dispatch;

import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** Several path patterns, as Spring writes them. Immutable. */
public final class PathPatterns {

    private final List<PathPattern> patterns;

    /**
     * Parses the patterns.
     *
     * @throws PatternParseException if one of them is none
     */
    public PathPatterns(List<String> patterns) throws PatternParseException {
        this.patterns = patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
    }

    /**
     * Returns whether one of them matches a path template, whose variables stand for themselves.
     */
    public boolean matches(String template) {
        PathContainer path = PathContainer.parsePath(template.replace("%", "%25"));
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }
}
