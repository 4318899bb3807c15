package io.fasterapi.spring.webflux.compile;

import io.fasterapi.spring.ConfigurationRefusedException;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.pattern.PathPattern;

/** A method says by a key that cannot be one where it is to run. Stops the start-up. */
public final class ShardByRefusedException extends ConfigurationRefusedException {

    private static final long serialVersionUID = 1L;

    ShardByRefusedException(HandlerMethod method, Set<PathPattern> patterns, String reason) {
        super(
                "@ShardBy on " + method + " " + patterns + " cannot be honoured: " + reason,
                "Correct the annotation as the message says, or remove it: the method's requests"
                        + " then run on any core.");
    }
}
