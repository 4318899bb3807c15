package io.fasterapi.spring.controller;

import io.fasterapi.spring.webflux.route.FastRouteMapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/** What the handler mappings match that WebFlux asks before the controllers'. At start-up only. */
final class MappingsAhead {

    private MappingsAhead() {}

    /**
     * Returns their patterns.
     *
     * @param ordered all handler mappings in their order
     * @param controllers the controllers' own
     * @throws NotCompilable if one of them is unknown, so that it might match anything
     */
    static List<PathShape> of(List<HandlerMapping> ordered, HandlerMapping controllers)
            throws NotCompilable {
        List<PathShape> shapes = new ArrayList<>();
        for (HandlerMapping mapping : ordered) {
            if (mapping == controllers) {
                return shapes;
            }
            if (mapping instanceof RouterFunctionMapping functions) {
                addFunctions(functions.getRouterFunction(), shapes);
            } else if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
                methods.getHandlerMethods().keySet().stream()
                        .flatMap(info -> info.getPatternsCondition().getPatterns().stream())
                        .forEach(pattern -> shapes.add(PathShape.of(pattern.getPatternString())));
            } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
                urls.getHandlerMap()
                        .keySet()
                        .forEach(pattern -> shapes.add(PathShape.of(pattern.getPatternString())));
            } else if (mapping instanceof FastRouteMapping fast) {
                fast.templates().forEach(template -> shapes.add(PathShape.of(template)));
            } else {
                throw new NotCompilable(
                        mapping.getClass().getSimpleName() + " is asked before the controllers");
            }
        }
        return shapes;
    }

    private static void addFunctions(
            @Nullable RouterFunction<?> functions, List<PathShape> shapes) {
        if (functions != null) {
            functions.accept(new FunctionShapes(shapes));
        }
    }
}
