package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.watchdog.Activity;
import io.fasterapi.watchdog.LateRoute;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Names a WebFlux request for the watchdog by its method and the matched template, never by its
 * path. Created on the thread that runs the filters; the watchdog's thread reads it.
 */
public final class WebFluxRoute implements LateRoute {

    /** The name of any request before a mapping has matched. */
    static final String UNKNOWN = "WebFlux handler";

    private final HttpMethod method;
    private final Map<String, Object> attributes;

    private WebFluxRoute(HttpMethod method, Map<String, Object> attributes) {
        this.method = method;
        this.attributes = attributes;
    }

    /** Sets this request as the one that the calling thread runs, if it runs one in WebFlux. */
    public static void note(ServerWebExchange exchange) {
        Activity.rename(
                new WebFluxRoute(exchange.getRequest().getMethod(), exchange.getAttributes()));
    }

    /** The calling thread no longer runs the request, and keeps nothing of it. */
    static void forget() {
        Activity.rename(UNKNOWN);
    }

    @Override
    public Object resolve() {
        Object template = attributes.get(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return template == null ? UNKNOWN : method + " " + template;
    }
}
