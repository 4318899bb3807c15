package io.fasterapi.spring.controller;

import java.util.List;
import org.springframework.web.method.HandlerMethod;

/** A method asks for the direct lane and cannot have it. Stops the start-up. */
public final class FastPathRefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private FastPathRefusedException(HandlerMethod method, String pattern, String reason) {
        super("@FastPath on " + method + " (" + pattern + ") cannot be honoured: " + reason);
    }

    static void check(List<Mapped> mappings) {
        for (Mapped mapped : mappings) {
            if (mapped.compiled() == null && ControllerOptions.asksFor(mapped.handler())) {
                throw new FastPathRefusedException(
                        mapped.handler(), mapped.pattern(), mapped.reason());
            }
        }
    }
}
