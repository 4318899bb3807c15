package io.fasterapi.spring.controller;

import io.fasterapi.spring.webflux.dispatch.NativeRequest;
import java.lang.reflect.Method;
import java.util.List;

/** What this package and the one below it reach by reflection, for native images. Stateless. */
public final class ReflectiveParts {

    private ReflectiveParts() {}

    /** Returns the names of classes that are looked up by name. */
    public static List<String> types() {
        return List.of(NativeRequest.REACTOR_REQUEST);
    }

    /** Returns the method that WebFlux invokes in the place of a controller method that failed. */
    public static Method raise() {
        return FailedMethod.RAISE;
    }
}
