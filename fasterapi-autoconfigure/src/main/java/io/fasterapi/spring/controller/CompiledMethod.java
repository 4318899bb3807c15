package io.fasterapi.spring.controller;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * A controller method as the direct lane calls it. Immutable but for what it learns, shared by all
 * threads.
 *
 * @param method the method as WebFlux knows it
 * @param arguments one reader per parameter
 * @param invocation calls it
 * @param result what it returns
 * @param status of the annotation on the method or its class, or null
 * @param types the answers that WebFlux has shown
 */
record CompiledMethod(
        HandlerMethod method,
        List<ArgumentReader> arguments,
        Invocation invocation,
        Result result,
        @Nullable Integer status,
        LearntTypes types) {

    /** Returns the parameter that takes the body, or null. */
    @Nullable MethodParameter body() {
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                return parameter;
            }
        }
        return null;
    }
}
