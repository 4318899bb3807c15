package io.fasterapi.spring.webflux.compile;

import io.fasterapi.spring.ConfigurationRefusedException;
import io.fasterapi.spring.webflux.route.LaneRestriction;
import java.util.Collection;
import org.springframework.web.method.HandlerMethod;

/** A method asks for the direct lane and cannot have it. Stops the start-up. */
public final class FastPathRefusedException extends ConfigurationRefusedException {

    private static final long serialVersionUID = 1L;

    private FastPathRefusedException(HandlerMethod method, String pattern, String reason) {
        super(
                "@FastPath on " + method + " (" + pattern + ") cannot be honoured: " + reason,
                "Remove the annotation: the method is then served on the lane that the report"
                        + " names. Or remove what the message names.");
    }

    /** Refuses mappings that ask for the direct lane and have not got it. */
    static void check(Collection<CompiledMapping> mappings) {
        for (CompiledMapping mapping : mappings) {
            LaneRestriction restriction = mapping.restriction();
            if (restriction != null && ControllerOptions.asksFor(mapping.handler())) {
                throw new FastPathRefusedException(
                        mapping.handler(), mapping.pattern(), restriction.text());
            }
        }
    }
}
