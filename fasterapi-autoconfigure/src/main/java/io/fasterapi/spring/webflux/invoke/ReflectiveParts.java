package io.fasterapi.spring.webflux.invoke;

import java.lang.reflect.Method;

/** What this package reaches by reflection, for native images. Stateless. */
public final class ReflectiveParts {

    private ReflectiveParts() {}

    /** Returns the method that WebFlux invokes in the place of a controller method that failed. */
    public static Method raise() {
        return FailedMethod.RAISE;
    }
}
