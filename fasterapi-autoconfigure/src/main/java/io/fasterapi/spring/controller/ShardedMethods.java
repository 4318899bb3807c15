package io.fasterapi.spring.controller;

import io.fasterapi.placement.ShardBy;
import io.fasterapi.route.ShardKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * The controller methods of an application that {@link ShardBy} concerns, on whatever lane.
 * Immutable.
 *
 * @param keys the key of each
 */
record ShardedMethods(Map<HandlerMethod, ShardKey> keys) {

    /**
     * Finds the methods.
     *
     * @throws ShardByRefusedException if the key of one can be none
     */
    static ShardedMethods of(ApplicationContext context) {
        Map<HandlerMethod, ShardKey> keys = new LinkedHashMap<>();
        ShardKeys source = new ShardKeys(context);
        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> add(mapping, source, keys));
        return new ShardedMethods(Map.copyOf(keys));
    }

    private static void add(
            RequestMappingHandlerMapping mapping,
            ShardKeys source,
            Map<HandlerMethod, ShardKey> keys) {
        mapping.getHandlerMethods()
                .forEach(
                        (info, method) -> {
                            ShardBy annotation = annotation(method);
                            if (annotation != null) {
                                keys.put(
                                        method,
                                        source.of(
                                                annotation,
                                                method,
                                                info.getPatternsCondition().getPatterns()));
                            }
                        });
    }

    private static @Nullable ShardBy annotation(HandlerMethod method) {
        ShardBy own = method.getMethodAnnotation(ShardBy.class);
        return own == null
                ? AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), ShardBy.class)
                : own;
    }

    /** Returns the key of a method, or null if it has none. */
    @Nullable ShardKey keyOf(HandlerMethod method) {
        return keys.get(method);
    }
}
