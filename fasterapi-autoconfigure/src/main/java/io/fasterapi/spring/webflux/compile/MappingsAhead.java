package io.fasterapi.spring.webflux.compile;

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

    /**
     * What a mapping that comes first matches.
     *
     * @param name what it is, for reasons
     */
    record Ahead(PathShape shape, String name) {}

    private MappingsAhead() {}

    /**
     * Returns their patterns.
     *
     * @param ordered all handler mappings in their order
     * @param controllers the controllers' own
     */
    static List<Ahead> of(List<HandlerMapping> ordered, HandlerMapping controllers) {
        List<Ahead> shapes = new ArrayList<>();
        for (HandlerMapping mapping : ordered) {
            if (mapping == controllers) {
                return shapes;
            }
            if (mapping instanceof RouterFunctionMapping functions) {
                addFunctions(functions.getRouterFunction(), shapes);
            } else if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
                methods.getHandlerMethods().keySet().stream()
                        .flatMap(info -> info.getPatternsCondition().getPatterns().stream())
                        .forEach(pattern -> add(pattern.getPatternString(), shapes));
            } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
                urls.getHandlerMap()
                        .keySet()
                        .forEach(pattern -> add(pattern.getPatternString(), shapes));
            } else if (mapping instanceof FastRouteMapping fast) {
                fast.templates().forEach(template -> add(template, shapes));
            } else {
                shapes.add(new Ahead(PathShape.ANYTHING, mapping.getClass().getSimpleName()));
            }
        }
        return shapes;
    }

    private static void add(String pattern, List<Ahead> shapes) {
        shapes.add(new Ahead(PathShape.of(pattern), "'" + pattern + "', which comes first,"));
    }

    private static void addFunctions(@Nullable RouterFunction<?> functions, List<Ahead> shapes) {
        if (functions != null) {
            functions.accept(new FunctionShapes(shapes));
        }
    }
}
