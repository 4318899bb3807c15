package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.http.FastHandler;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.Route;
import io.fasterapi.route.ShardKey;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements.Place;
import io.fasterapi.spring.webflux.route.ExchangeRequest;
import io.fasterapi.spring.webflux.route.FastRouteMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/** The mappings of an application as routes whose handlers are placements. At start-up only. */
final class MappedRoutes {

    private static final List<String> ALL_METHODS =
            Stream.of(HttpMethod.values()).map(HttpMethod::name).toList();

    private final Collection<RequestMappingInfoHandlerMapping> mappings;
    private final Collection<FastRouteMapping> fastRoutes;
    private final Placements placements;
    private final Function<HandlerMethod, @Nullable ShardKey> shardKeys;

    MappedRoutes(
            ApplicationContext context,
            Placements placements,
            Function<HandlerMethod, @Nullable ShardKey> shardKeys) {
        this.mappings = all(context, RequestMappingInfoHandlerMapping.class);
        this.fastRoutes = all(context, FastRouteMapping.class);
        this.placements = placements;
        this.shardKeys = shardKeys;
    }

    private static <T> Collection<T> all(ApplicationContext context, Class<T> type) {
        return BeanFactoryUtils.beansOfTypeIncludingAncestors(context, type).values();
    }

    /** Returns whether a route or a method has a placement or a shard key of its own. */
    boolean isAnySaid() {
        return fastRoutes.stream()
                        .flatMap(mapping -> mapping.routes().stream())
                        .anyMatch(route -> route.placement() != null)
                || mappings.stream()
                        .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                        .anyMatch(
                                method ->
                                        RequestPlacements.declared(method) != null
                                                || shardKeys.apply(method) != null);
    }

    /**
     * Returns a route for each mapping with a simple pattern. Among equal ones the first counts.
     */
    List<Route> routes(String basePath) {
        Map<String, Route> found = new LinkedHashMap<>();
        for (FastRouteMapping mapping : fastRoutes) {
            for (Route route : mapping.routes()) {
                String method = route.method();
                String template = route.template();
                Placed placed = placed(method, template, route.placement(), route.shardKey());
                add(method, template, basePath, placed, found);
            }
        }
        for (RequestMappingInfoHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods()
                    .forEach((info, method) -> add(mapping, info, method, basePath, found));
        }
        return new ArrayList<>(found.values());
    }

    private void add(
            RequestMappingInfoHandlerMapping mapping,
            RequestMappingInfo info,
            HandlerMethod method,
            String basePath,
            Map<String, Route> found) {
        boolean endpoint = !(mapping instanceof RequestMappingHandlerMapping);
        Placement said = endpoint ? ofEndpoints() : RequestPlacements.declared(method);
        ShardKey key = endpoint ? null : shardKeys.apply(method);
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        List<String> names =
                methods.isEmpty() ? ALL_METHODS : methods.stream().map(Enum::name).toList();
        for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
            for (String name : names) {
                String template = pattern.getPatternString();
                add(name, template, basePath, placed(name, template, said, key), found);
            }
        }
    }

    /** The actuator must answer while the application's requests hold the cores. */
    private @Nullable Placement ofEndpoints() {
        return placements.fallback() == Placement.AUTO ? Placement.VIRTUAL : null;
    }

    private Placed placed(
            String method, String template, @Nullable Placement said, @Nullable ShardKey key) {
        return key == null
                ? new Placed(placements.of(method, template, said), null)
                : new Placed(placements.sharded(method, template), key);
    }

    private static void add(
            String method,
            String template,
            String basePath,
            Placed placed,
            Map<String, Route> found) {
        try {
            Route route = Route.of(method, template, (Placement) null, placed).withPrefix(basePath);
            found.putIfAbsent(route.signature(), route);
        } catch (IllegalArgumentException ex) {
            // A pattern that only WebFlux can match. Its requests run where unmapped ones do.
        }
    }

    /** The handler of such a route: the placement of a mapping's requests. */
    static final class Placed implements FastHandler {

        private final Place place;
        private final @Nullable ShardKey key;

        Placed(RoutePlacement placement, @Nullable ShardKey key) {
            this.place = new Place(placement, null);
            this.key = key;
        }

        Place of(ServerHttpRequest request, Route route, String[] variables) {
            return key == null
                    ? place
                    : new Place(
                            place.placement(),
                            key.keyOf(ExchangeRequest.head(request, route, variables)));
        }

        /** Returns the place of all requests, or null if it depends on the request. */
        @Nullable Place ofAny() {
            return key == null ? place : null;
        }

        RoutePlacement placement() {
            return place.placement();
        }

        /** Never called: the tree is only searched. */
        @Override
        public void handle(FastRequest request, FastResponse response) {
            throw new UnsupportedOperationException("route: called (expected: only looked up)");
        }
    }
}
