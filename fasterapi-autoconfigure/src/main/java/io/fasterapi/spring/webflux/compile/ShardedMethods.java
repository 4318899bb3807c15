package io.fasterapi.spring.webflux.compile;

import io.fasterapi.placement.ShardBy;
import io.fasterapi.route.ShardKey;
import io.fasterapi.spring.ConfigurationRefusedException;
import io.fasterapi.spring.webflux.route.LaneRestriction;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The controller methods with a {@link ShardBy}, on any lane. Immutable.
 *
 * @param keys the shard key of each
 */
record ShardedMethods(Map<HandlerMethod, ShardKey> keys) {

    /**
     * Finds the methods.
     *
     * @throws ConfigurationRefusedException if one has an invalid key
     */
    static ShardedMethods of(ApplicationContext context) {
        Map<HandlerMethod, ShardKey> keys = new LinkedHashMap<>();
        ShardKeys source = new ShardKeys(context);
        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, RequestMappingHandlerMapping.class)
                .values()
                .stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .forEach(
                        mapped -> {
                            HandlerMethod method = mapped.getValue();
                            ShardBy annotation = annotation(method);
                            if (annotation != null) {
                                Set<PathPattern> patterns =
                                        mapped.getKey().getPatternsCondition().getPatterns();
                                keys.put(method, source.of(annotation, method, patterns));
                            }
                        });
        return new ShardedMethods(Map.copyOf(keys));
    }

    private static @Nullable ShardBy annotation(HandlerMethod method) {
        ShardBy own = method.getMethodAnnotation(ShardBy.class);
        return own == null
                ? AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), ShardBy.class)
                : own;
    }

    /**
     * Refuses a key in the body if the method cannot take the direct lane. Only there the body is
     * read before the core is chosen.
     */
    void check(Collection<CompiledMapping> mappings) {
        for (CompiledMapping mapping : mappings) {
            LaneRestriction restriction = mapping.restriction();
            if (restriction != null && keyOf(mapping.handler()) instanceof JsonShardKey) {
                throw ShardKeys.refused(
                        mapping.handler(),
                        Set.of(mapping.parsed()),
                        "a key in the body needs the direct lane, which it cannot have: "
                                + restriction.text()
                                + " (expected: path, header or query instead of json)");
            }
        }
    }

    /** Returns the shard key of a method, or null. */
    @Nullable ShardKey keyOf(HandlerMethod method) {
        return keys.get(method);
    }
}
