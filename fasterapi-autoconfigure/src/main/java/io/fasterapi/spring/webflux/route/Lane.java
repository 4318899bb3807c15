package io.fasterapi.spring.webflux.route;

import java.util.Locale;

/** How a request reaches its handler. */
public enum Lane {
    /** From Reactor Netty's request, without filters and without WebFlux. */
    DIRECT,
    /** Through the application's filters, without WebFlux's dispatcher. */
    FILTERED,
    /** Through all of WebFlux. */
    WEBFLUX;

    /** Returns the name used in reports and meters, for example {@code direct}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
