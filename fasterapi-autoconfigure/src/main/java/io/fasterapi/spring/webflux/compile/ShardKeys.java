package io.fasterapi.spring.webflux.compile;

import io.fasterapi.placement.ShardBy;
import io.fasterapi.route.ShardKey;
import io.fasterapi.spring.ConfigurationRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Returns the shard key that an annotation names, or says what is wrong with it. At start-up only.
 */
final class ShardKeys {

    private static final String JACKSON = "tools.jackson.databind.json.JsonMapper";

    private final BeanFactory beans;

    ShardKeys(BeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Returns the key.
     *
     * @param patterns the patterns of the method
     * @throws ConfigurationRefusedException if requests of the method cannot have such a key
     */
    ShardKey of(ShardBy annotation, HandlerMethod method, Set<PathPattern> patterns) {
        List<String> named = named(annotation);
        if (named.size() != 1) {
            String found = named.isEmpty() ? "nothing" : String.join(" and ", named);
            throw refused(
                    method,
                    patterns,
                    "it names " + found + " (expected: one of path, header, query and json)");
        }
        if (!annotation.header().isEmpty()) {
            return ShardKey.header(annotation.header());
        }
        if (!annotation.query().isEmpty()) {
            return ShardKey.query(annotation.query());
        }
        return annotation.path().isEmpty()
                ? json(annotation.json(), method, patterns)
                : path(annotation.path(), method, patterns);
    }

    /** Returns the exception for an invalid key. */
    static ConfigurationRefusedException refused(
            HandlerMethod method, Set<PathPattern> patterns, String reason) {
        return new ConfigurationRefusedException(
                "@ShardBy on " + method + " " + patterns + " cannot be honoured: " + reason,
                "Correct the annotation as the message says, or remove it: the method's requests"
                        + " then run on any core.");
    }

    private static List<String> named(ShardBy annotation) {
        List<String> named = new ArrayList<>();
        add("path", annotation.path(), named);
        add("header", annotation.header(), named);
        add("query", annotation.query(), named);
        add("json", annotation.json(), named);
        return named;
    }

    private static void add(String attribute, String value, List<String> named) {
        if (!value.isEmpty()) {
            named.add(attribute + " '" + value + "'");
        }
    }

    private static ShardKey path(String variable, HandlerMethod method, Set<PathPattern> patterns) {
        for (PathPattern pattern : patterns) {
            String text = pattern.getPatternString();
            if (!text.contains("{" + variable + "}")
                    && !text.contains("{" + variable + ":")
                    && !text.contains("{*" + variable + "}")) {
                throw refused(
                        method,
                        patterns,
                        "the pattern '%s' has no variable '%s' (expected: {%s} in every pattern of"
                                        .formatted(text, variable, variable)
                                + " the method, or a @ShardBy of the method's own)");
            }
        }
        return ShardKey.path(variable);
    }

    private ShardKey json(String pointer, HandlerMethod method, Set<PathPattern> patterns) {
        ShardKey key = null;
        if (ClassUtils.isPresent(JACKSON, getClass().getClassLoader())) {
            try {
                key = JsonShardKey.of(beans, pointer);
            } catch (IllegalArgumentException ex) {
                throw refused(
                        method,
                        patterns,
                        "'%s' is no JSON pointer (expected: one that begins with a slash, for"
                                        .formatted(pointer)
                                + " example /user/id)");
            }
        }
        if (key == null) {
            throw refused(
                    method,
                    patterns,
                    "json '%s' has nothing to read the body with (expected: Jackson 3 on the class"
                                    .formatted(pointer)
                            + " path, and one JsonMapper bean or a primary one)");
        }
        return key;
    }
}
