package io.fasterapi.spring.controller;

import io.fasterapi.route.ShardKey;
import io.fasterapi.spring.webflux.batch.BatchedMethod;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ServerWebExchange;

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
 * @param shardKey decides which core runs it, or null if any may
 */
record CompiledMethod(
        HandlerMethod method,
        List<ArgumentReader> arguments,
        Invocation invocation,
        Result result,
        @Nullable Integer status,
        LearntTypes types,
        @Nullable ShardKey shardKey) {

    /** Tells whether the method stands for a batch handler. */
    boolean isBatched() {
        return BatchedMethod.is(method);
    }

    /** Tells whether a parameter is the user of the request. */
    boolean wantsPrincipal() {
        return hasParameter(Principal.class);
    }

    /** Tells whether a parameter lets the method answer by itself. */
    boolean wantsResponse() {
        return hasParameter(ServerHttpResponse.class) || hasParameter(ServerWebExchange.class);
    }

    boolean readsNoCookie() {
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(CookieValue.class)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasParameter(Class<?> type) {
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.getParameterType() == type) {
                return true;
            }
        }
        return false;
    }

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
