package io.fasterapi.spring.webflux.batch;

import java.lang.reflect.Method;

/** A {@code @BatchHandler} that cannot be one. Stops the start-up. */
public final class BatchHandlerRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BatchHandlerRefusedException(Method method, String reason) {
        super(
                "@BatchHandler on "
                        + method.getDeclaringClass().getName()
                        + "#"
                        + method.getName()
                        + ": "
                        + reason);
    }
}
