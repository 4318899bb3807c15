package io.fasterapi.spring.controller;

import io.fasterapi.spring.ConfigurationRefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/** A method asks for the direct lane and cannot have it. Stops the start-up. */
public final class FastPathRefusedException extends ConfigurationRefusedException {

    private static final long serialVersionUID = 1L;

    private FastPathRefusedException(HandlerMethod method, String pattern, String reason) {
        super(
                "@FastPath on " + method + " (" + pattern + ") cannot be honoured: " + reason,
                "Remove the annotation: the method is then served through WebFlux. Or remove what"
                        + " the message names.");
    }

    /**
     * Checks every method that asks.
     *
     * @param obstacle what would be got round by any of them, or null
     */
    static void check(List<Mapped> mappings, @Nullable String obstacle) {
        for (Mapped mapped : mappings) {
            boolean refused = obstacle != null || mapped.compiled() == null;
            if (refused && ControllerOptions.asksFor(mapped.handler())) {
                throw new FastPathRefusedException(
                        mapped.handler(),
                        mapped.pattern(),
                        obstacle == null ? mapped.reason() : obstacle);
            }
        }
    }
}
