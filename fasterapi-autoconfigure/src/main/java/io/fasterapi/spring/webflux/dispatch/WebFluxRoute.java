package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.watch.Activity;
import io.fasterapi.watch.LateRoute;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Names a request in WebFlux for the watchdog: by its method and the template that matched, never
 * by its path. Made on the thread that runs the filters, read by the watchdog's.
 */
public final class WebFluxRoute implements LateRoute {

    /** Whatever runs in WebFlux as long as no mapping has matched. */
    static final String UNKNOWN = "WebFlux handler";

    private final HttpMethod method;
    private final Map<String, Object> attributes;

    private WebFluxRoute(HttpMethod method, Map<String, Object> attributes) {
        this.method = method;
        this.attributes = attributes;
    }

    /** The calling thread, if it runs a request in WebFlux, is at this one. */
    public static void note(ServerWebExchange exchange) {
        Activity.rename(
                new WebFluxRoute(exchange.getRequest().getMethod(), exchange.getAttributes()));
    }

    /** The request goes on without the calling thread, which keeps nothing of it. */
    static void forget() {
        Activity.rename(UNKNOWN);
    }

    @Override
    public Object resolve() {
        Object template = attributes.get(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return template == null ? UNKNOWN : method + " " + template;
    }
}
