package io.fasterapi.spring.webflux.compile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * Collects what functional routes may match. A predicate without a path, or with one that is
 * negated or one of several, may match anything; of nested routes only the prefix counts.
 */
final class FunctionShapes implements RouterFunctions.Visitor {

    private final List<MappingsAhead.Ahead> shapes;
    private int depth;

    FunctionShapes(List<MappingsAhead.Ahead> shapes) {
        this.shapes = shapes;
    }

    @Override
    public void startNested(RequestPredicate predicate) {
        if (depth++ == 0) {
            add(shape(predicate).below(), RouteListing.Head.of(predicate));
        }
    }

    @Override
    public void endNested(RequestPredicate predicate) {
        depth--;
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handlerFunction) {
        if (depth == 0) {
            add(shape(predicate), RouteListing.Head.of(predicate));
        }
    }

    @Override
    public void resources(Function<ServerRequest, Mono<Resource>> lookupFunction) {
        if (depth == 0) {
            add(PathShape.ANYTHING, "of resources");
        }
    }

    @Override
    public void attributes(Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> routerFunction) {
        if (depth == 0) {
            add(PathShape.ANYTHING, routerFunction.getClass().getSimpleName());
        }
    }

    private void add(PathShape shape, Object what) {
        shapes.add(
                new MappingsAhead.Ahead(
                        shape, "the functional route '" + what + "', which comes first,"));
    }

    private static PathShape shape(RequestPredicate predicate) {
        Paths paths = new Paths();
        predicate.accept(paths);
        String path = paths.path;
        return path == null || paths.open ? PathShape.ANYTHING : PathShape.of(path);
    }

    /** Finds the path that a predicate requires. */
    private static final class Paths implements RequestPredicates.Visitor {

        private @Nullable String path;
        private boolean open;

        @Override
        public void path(String pattern) {
            if (path == null) {
                path = pattern;
            }
        }

        @Override
        public void method(Set<HttpMethod> methods) {}

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
        public void startOr() {
            open = true;
        }

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void startNegate() {
            open = true;
        }

        @Override
        public void endNegate() {}

        @Override
        public void unknown(RequestPredicate predicate) {}
    }
}
