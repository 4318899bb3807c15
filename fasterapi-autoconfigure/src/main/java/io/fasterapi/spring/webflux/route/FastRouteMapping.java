package io.fasterapi.spring.webflux.route;

import io.fasterapi.http.JsonCodec;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteMatch;
import io.fasterapi.route.RouteTree;
import io.fasterapi.write.BodyWriters;
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
 * Direct routes as WebFlux sees them: behind the application's filters and before every other
 * mapping. Used where the direct lane would get round something, and where there is none.
 */
public final class FastRouteMapping extends AbstractHandlerMapping {

    /** Attribute of an exchange that has failed on the direct lane: the failure to raise. */
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

    /** Applies the application's global CORS configuration, as to every mapping of WebFlux's. */
    public void setCorsConfigurers(Stream<WebFluxConfigurer> configurers) {
        Cors cors = new Cors();
        configurers.forEach(configurer -> configurer.addCorsMappings(cors));
        setCorsConfigurations(cors.getCorsConfigurations());
    }

    /** Returns the routes. */
    public List<Route> routes() {
        return routes.routes();
    }

    /** Returns the route of a handler that such a mapping has found; null if it is another's. */
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

    /** The method of the request, or the one that a preflight asks for if CORS is configured. */
    private String method(ServerHttpRequest request) {
        String wanted =
                hasCorsConfigurationSource(this) && CorsUtils.isPreFlightRequest(request)
                        ? request.getHeaders().getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                        : null;
        return wanted != null ? wanted : request.getMethod().name();
    }

    /** What configurers configure; shows what WebFlux keeps to itself. */
    private static final class Cors extends CorsRegistry {

        @Override
        protected Map<String, CorsConfiguration> getCorsConfigurations() {
            return super.getCorsConfigurations();
        }
    }

    /**
     * A route and the values of its variables for one request, which WebFlux calls.
     *
     * @param route the route
     * @param variables decoded values, in the order of the template
     * @param calls run its handler
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
