package io.fasterapi.spring.webflux.batch;

import io.fasterapi.spring.ConfigurationRefusedException;
import java.lang.reflect.Method;

/** Refuses a {@code @BatchHandler} that cannot be one. */
final class NoBatchHandler {

    private NoBatchHandler() {}

    static ConfigurationRefusedException of(Method method, String reason) {
        return new ConfigurationRefusedException(
                "@BatchHandler on "
                        + method.getDeclaringClass().getName()
                        + "#"
                        + method.getName()
                        + ": "
                        + reason,
                "Change the method as the message says, or remove the annotation: it is then called"
                        + " once for each request.");
    }
}
