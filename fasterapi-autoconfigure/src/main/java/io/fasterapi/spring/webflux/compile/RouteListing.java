package io.fasterapi.spring.webflux.compile;

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

/** Lists what handler mappings other than those of methods serve, as far as they say. */
final class RouteListing implements RouterFunctions.Visitor {

    /**
     * One route.
     *
     * @param method its HTTP methods, or a star
     * @param pattern its path, or what else it goes by
     * @param handler what serves it
     */
    record Entry(String method, String pattern, String handler) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();

    private RouteListing() {}

    static List<Entry> of(List<HandlerMapping> mappings) {
        RouteListing listing = new RouteListing();
        for (HandlerMapping mapping : mappings) {
            if (mapping instanceof RouterFunctionMapping functions) {
                RouterFunction<?> function = functions.getRouterFunction();
                if (function != null) {
                    function.accept(listing);
                }
            } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
                urls.getHandlerMap()
                        .forEach(
                                (pattern, handler) ->
                                        listing.add(
                                                "*",
                                                pattern.getPatternString(),
                                                handler.getClass().getSimpleName()));
            } else if (!(mapping instanceof RequestMappingInfoHandlerMapping)) {
                listing.add("*", "*", mapping.getClass().getSimpleName());
            }
        }
        return listing.entries;
    }

    private void add(String method, String pattern, String handler) {
        entries.add(new Entry(method, pattern, handler));
    }

    @Override
    public void startNested(RequestPredicate predicate) {
        prefixes.add(Head.of(predicate).pattern);
    }

    @Override
    public void endNested(RequestPredicate predicate) {
        prefixes.remove(prefixes.size() - 1);
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handlerFunction) {
        Head head = Head.of(predicate);
        add(head.methods(), String.join("", prefixes) + head.pattern, "RouterFunction");
    }

    @Override
    public void resources(Function<ServerRequest, Mono<Resource>> lookupFunction) {
        add("GET", String.join("", prefixes) + "/**", "RouterFunction of resources");
    }

    @Override
    public void attributes(Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> routerFunction) {
        add("*", "*", routerFunction.getClass().getName());
    }

    /** What a predicate says of method and path; a predicate of another kind is shown as text. */
    static final class Head implements RequestPredicates.Visitor {

        private final Set<String> names = new TreeSet<>();
        private String pattern = "";

        static Head of(RequestPredicate predicate) {
            Head head = new Head();
            predicate.accept(head);
            return head;
        }

        /** Returns methods and path. */
        @Override
        public String toString() {
            return methods() + " " + pattern;
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
            pattern += path;
        }

        @Override
        public void unknown(RequestPredicate predicate) {
            pattern += "(a predicate of its own)";
        }

        @Override
        @SuppressWarnings("removal")
        public void pathExtension(@Nullable String extension) {}

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
        public void startOr() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void startNegate() {}

        @Override
        public void endNegate() {}
    }
}
