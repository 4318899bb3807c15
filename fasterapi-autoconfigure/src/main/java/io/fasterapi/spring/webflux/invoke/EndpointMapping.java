package io.fasterapi.spring.webflux.invoke;

import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * A mapping of the actuator that is asked only for paths that match one of its patterns. It comes
 * before the controllers, and on its own it would check all conditions of all endpoints for each of
 * their requests. Immutable: endpoints are mapped when the application starts.
 *
 * @param mapping the actuator's mapping
 * @param patterns all of its patterns
 */
record EndpointMapping(HandlerMapping mapping, List<PathPattern> patterns)
        implements HandlerMapping {

    /** Returns a mapping in the form in which it is asked. */
    static HandlerMapping of(HandlerMapping mapping) {
        return mapping instanceof RequestMappingInfoHandlerMapping endpoints
                        && SpringInternals.isOfEndpoints(mapping)
                ? new EndpointMapping(
                        mapping,
                        endpoints.getHandlerMethods().keySet().stream()
                                .flatMap(info -> info.getPatternsCondition().getPatterns().stream())
                                .toList())
                : mapping;
    }

    @Override
    public Mono<Object> getHandler(ServerWebExchange exchange) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(path)) {
                return mapping.getHandler(exchange);
            }
        }
        return Mono.empty();
    }
}
