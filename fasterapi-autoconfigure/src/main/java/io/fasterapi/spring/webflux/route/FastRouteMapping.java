package io.fasterapi.spring.webflux.route;

import io.fasterapi.route.Route;
import io.fasterapi.route.RouteMatch;
import io.fasterapi.route.RouteTree;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.AbstractHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Direct routes as WebFlux sees them: behind the application's filters and before every other
 * mapping. Used where the direct lane would get round something.
 */
public final class FastRouteMapping extends AbstractHandlerMapping {

    /** Attribute of an exchange that has failed on the direct lane: the failure to raise. */
    static final String FAILURE = FastRouteMapping.class.getName() + ".FAILURE";

    private final RouteTree routes;

    public FastRouteMapping(DirectRoutes routes) {
        this.routes = routes.withinApplication();
        setOrder(Ordered.HIGHEST_PRECEDENCE);
    }

    /** Applies the application's global CORS configuration, as to every mapping of WebFlux's. */
    public void setCorsConfigurers(Stream<WebFluxConfigurer> configurers) {
        setCorsConfigurations(CorsMappings.of(configurers));
    }

    /** Returns the templates of all routes. */
    public List<String> templates() {
        return routes.routes().stream().map(Route::template).toList();
    }

    /** Returns the routes. */
    public List<Route> routes() {
        return routes.routes();
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
        return Mono.just(new MatchedRoute(route, match.variables()));
    }

    /** The method of the request, or the one that a preflight asks for if CORS is configured. */
    private String method(ServerHttpRequest request) {
        String wanted =
                hasCorsConfigurationSource(this) && CorsUtils.isPreFlightRequest(request)
                        ? request.getHeaders().getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                        : null;
        return wanted != null ? wanted : request.getMethod().name();
    }

    /**
     * A route and the values of its variables for one request.
     *
     * @param route the route
     * @param variables decoded values, in the order of the template
     */
    record MatchedRoute(Route route, String[] variables) {}
}
