package io.fasterapi.spring.webflux.route;

import io.fasterapi.codec.BodyWriters;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteMatch;
import io.fasterapi.route.RouteTree;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.config.CorsRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.AbstractHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * The mapping of fast routes in WebFlux: behind the application's filters and before all other
 * mappings. It serves where the direct lane would bypass something or does not exist. All threads
 * share it.
 */
public final class FastRouteMapping extends AbstractHandlerMapping {

    /** The attribute of an exchange that has failed on the direct lane: the failure to throw. */
    static final String FAILURE = FastRouteMapping.class.getName() + ".FAILURE";

    private final RouteTree routes;
    private final FastRouteCalls calls;

    /**
     * Creates the mapping.
     *
     * @param routes all routes, relative to the base path
     * @param json reads JSON
     * @param writers write bodies
     * @param maxBodyBytes the longest request body that is read, in bytes
     */
    public FastRouteMapping(
            RouteTree routes, JsonCodec json, BodyWriters writers, int maxBodyBytes) {
        this.routes = routes;
        this.calls = new FastRouteCalls(json, writers, maxBodyBytes);
        setOrder(Ordered.HIGHEST_PRECEDENCE);
    }

    /** Applies the application's global CORS configuration, as to all mappings of WebFlux. */
    public void setCorsConfigurers(Stream<WebFluxConfigurer> configurers) {
        Cors cors = new Cors();
        configurers.forEach(configurer -> configurer.addCorsMappings(cors));
        setCorsConfigurations(cors.getCorsConfigurations());
    }

    /** Returns the routes. */
    public List<Route> routes() {
        return routes.routes();
    }

    /** Returns the route of a handler that such a mapping has found, or null. */
    public static @Nullable Route routeOf(Object handler) {
        return handler instanceof MatchedRoute matched ? matched.route() : null;
    }

    @Override
    protected Mono<?> getHandlerInternal(ServerWebExchange exchange) {
        Throwable failure = exchange.getAttribute(FAILURE);
        if (failure != null) {
            return Mono.error(failure);
        }
        if (routes.routes().isEmpty()) {
            return Mono.empty();
        }
        RouteMatch match = routes.newMatch();
        Route route =
                routes.match(
                        method(exchange.getRequest()),
                        exchange.getRequest().getPath().pathWithinApplication().value(),
                        match);
        if (route == null) {
            return Mono.empty();
        }
        ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .ifPresent(context -> context.setPathPattern(route.template()));
        return Mono.just(new MatchedRoute(route, match.variables(), calls));
    }

    /** Returns the method of the request, or with CORS the one that a pre-flight asks for. */
    private String method(ServerHttpRequest request) {
        String wanted =
                hasCorsConfigurationSource(this) && CorsUtils.isPreFlightRequest(request)
                        ? request.getHeaders().getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                        : null;
        return wanted != null ? wanted : request.getMethod().name();
    }

    /** Makes the configurations readable that CorsRegistry protects. */
    private static final class Cors extends CorsRegistry {

        @Override
        protected Map<String, CorsConfiguration> getCorsConfigurations() {
            return super.getCorsConfigurations();
        }
    }

    /**
     * A route and the values of its variables for one request. WebFlux calls it.
     *
     * @param route the route
     * @param variables decoded values in the order of the template
     * @param calls runs its handler
     */
    record MatchedRoute(Route route, String[] variables, FastRouteCalls calls)
            implements WebHandler {

        @Override
        public Mono<Void> handle(ServerWebExchange exchange) {
            return calls.call(exchange, this);
        }

        @Override
        public String toString() {
            return route.toString();
        }
    }
}
