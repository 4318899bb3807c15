package io.fasterapi.spring.webflux.compile;

import io.fasterapi.route.PathShape;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.invoke.MappingCounters;
import io.fasterapi.spring.webflux.route.FastRouteMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import reactor.core.publisher.Mono;

/** Lists what handler mappings match, as far as they tell. At start-up only. */
final class RouteListing implements RouterFunctions.Visitor {

    /**
     * One route.
     *
     * @param method its HTTP methods, or a star
     * @param pattern its path, or another name
     * @param handler what serves it
     * @param shape the paths that it may match
     * @param counters counts its requests; null if WebFlux does not say that it has matched
     */
    record Entry(
            String method,
            String pattern,
            String handler,
            PathShape shape,
            @Nullable Function<LaneCounters, MappingCounters> counters) {

        static Entry of(String pattern, String handler) {
            return new Entry("*", pattern, handler, PathShape.of(pattern), byPattern("*", pattern));
        }

        static Function<LaneCounters, MappingCounters> byPattern(String methods, String pattern) {
            return all -> all.ofFunction(methods, pattern);
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final List<Head> outer = new ArrayList<>();

    private RouteListing() {}

    /** Returns the routes of the mappings that WebFlux asks before the controllers. */
    static List<Entry> ahead(List<HandlerMapping> ordered, HandlerMapping controllers) {
        return ordered.stream()
                .takeWhile(mapping -> mapping != controllers)
                .flatMap(mapping -> of(mapping).stream())
                .toList();
    }

    /** Returns the routes that serve neither controller methods nor fast routes. */
    static List<Entry> others(List<HandlerMapping> mappings) {
        return mappings.stream()
                .filter(mapping -> !(mapping instanceof RequestMappingInfoHandlerMapping))
                .filter(mapping -> !(mapping instanceof FastRouteMapping))
                .flatMap(mapping -> of(mapping).stream())
                .toList();
    }

    private static List<Entry> of(HandlerMapping mapping) {
        if (mapping instanceof RouterFunctionMapping functions) {
            RouteListing listing = new RouteListing();
            RouterFunction<?> function = functions.getRouterFunction();
            if (function != null) {
                function.accept(listing);
            }
            return listing.entries;
        }
        String handler = mapping.getClass().getSimpleName();
        if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
            return methods.getHandlerMethods().keySet().stream()
                    .flatMap(info -> info.getPatternsCondition().getPatterns().stream())
                    .map(each -> Entry.of(each.getPatternString(), handler))
                    .toList();
        }
        if (mapping instanceof AbstractUrlHandlerMapping urls) {
            return urls.getHandlerMap().entrySet().stream()
                    .map(
                            each ->
                                    Entry.of(
                                            each.getKey().getPatternString(),
                                            each.getValue().getClass().getSimpleName()))
                    .toList();
        }
        if (mapping instanceof FastRouteMapping fast) {
            return fast.routes().stream().map(each -> Entry.of(each.template(), handler)).toList();
        }
        Class<?> type = mapping.getClass();
        return List.of(
                new Entry("*", "*", handler, PathShape.ANYTHING, all -> all.ofMapping(type)));
    }

    private void add(Head head, String handler) {
        StringBuilder name = new StringBuilder();
        StringBuilder path = new StringBuilder();
        boolean open = false;
        outer.add(head);
        for (Head each : outer) {
            name.append(each.pattern).append(each.condition);
            open |= each.open;
            if (!open) {
                append(path, each.pattern);
            }
        }
        outer.remove(outer.size() - 1);
        Function<LaneCounters, MappingCounters> counters =
                open || path.isEmpty() ? null : Entry.byPattern(head.methods(), path.toString());
        entries.add(
                new Entry(head.methods(), name.toString(), handler, shape(path, open), counters));
    }

    private static void append(StringBuilder path, String pattern) {
        int last = path.length() - 1;
        if (last >= 0 && path.charAt(last) == '/' && pattern.startsWith("/")) {
            path.setLength(last);
        }
        path.append(pattern);
    }

    /** Returns the shape of the prefix if it is unknown what else of the path may match. */
    private static PathShape shape(CharSequence path, boolean open) {
        if (path.isEmpty()) {
            return PathShape.ANYTHING;
        }
        PathShape known = PathShape.of(path.toString());
        return open ? known.below() : known;
    }

    @Override
    public void startNested(RequestPredicate predicate) {
        outer.add(Head.of(predicate));
    }

    @Override
    public void endNested(RequestPredicate predicate) {
        outer.remove(outer.size() - 1);
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handlerFunction) {
        add(Head.of(predicate), "RouterFunction");
    }

    @Override
    public void resources(Function<ServerRequest, Mono<Resource>> lookupFunction) {
        add(Head.ofAny(), "RouterFunction of resources");
    }

    @Override
    public void attributes(Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> routerFunction) {
        add(Head.ofAny(), routerFunction.getClass().getSimpleName());
    }

    /**
     * The method and the path of a predicate. It may match any path if it has alternatives, or if
     * neither it nor an enclosing one has a path. All other conditions only narrow it.
     */
    private static final class Head implements RequestPredicates.Visitor {

        private final Set<String> names = new TreeSet<>();
        private String pattern = "";
        private String condition = "";
        private boolean open;

        static Head of(RequestPredicate predicate) {
            Head head = new Head();
            predicate.accept(head);
            return head;
        }

        static Head ofAny() {
            Head head = new Head();
            head.open = true;
            return head;
        }

        String methods() {
            return names.isEmpty() ? "*" : String.join(",", names);
        }

        @Override
        public void method(Set<HttpMethod> methods) {
            methods.forEach(each -> names.add(each.name()));
        }

        @Override
        public void path(String path) {
            open |= !pattern.isEmpty();
            pattern += path;
        }

        @Override
        public void unknown(RequestPredicate predicate) {
            condition = "(a custom predicate)";
        }

        @Override
        public void startOr() {
            open = true;
        }

        @Override
        public void startNegate() {
            open = true;
        }

        @Override
        public void pathExtension(String extension) {}

        @Override
        public void header(String name, String value) {}

        @Override
        public void queryParam(String name, String value) {}

        @Override
        public void version(String version) {}

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void endNegate() {}
    }
}
