package io.fasterapi.spring.webflux.route;

import java.util.Locale;

/** How a request reaches what answers it. */
public enum Lane {
    /** From Reactor Netty's request, with nothing between the server and the handler. */
    DIRECT,
    /** Through the application's filters, without WebFlux's dispatcher. */
    FILTERED,
    /** Through all of WebFlux. */
    WEBFLUX;

    /** Returns the name for people. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
