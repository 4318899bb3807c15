package io.fasterapi.spring.controller;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;

/**
 * One pattern of a controller method: what becomes of it. At start-up only.
 *
 * @param methods its HTTP methods; empty for all
 * @param pattern as written, with the class's prefix
 * @param shape what it matches
 * @param handler the controller method
 * @param compiled its compiled form, or null
 * @param reason why there is none, or an empty text
 */
record Mapped(
        Set<String> methods,
        String pattern,
        PathShape shape,
        HandlerMethod handler,
        @Nullable CompiledMethod compiled,
        String reason) {

    static Mapped compiled(
            RequestMappingInfo info, String pattern, HandlerMethod handler, CompiledMethod method) {
        PathShape shape = PathShape.of(pattern);
        return new Mapped(methods(info), pattern, shape, handler, method, "");
    }

    static Mapped left(
            RequestMappingInfo info, String pattern, HandlerMethod handler, String reason) {
        PathShape shape = PathShape.of(pattern);
        return new Mapped(methods(info), pattern, shape, handler, null, reason);
    }

    Mapped leaving(String because) {
        return new Mapped(methods, pattern, shape, handler, null, because);
    }

    private static Set<String> methods(RequestMappingInfo info) {
        Set<String> names = new TreeSet<>();
        info.getMethodsCondition().getMethods().forEach(method -> names.add(method.name()));
        return names;
    }

    boolean answers(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    boolean sharesMethodWith(Mapped other) {
        return methods.isEmpty()
                || other.methods.isEmpty()
                || methods.stream().anyMatch(other.methods::contains);
    }
}
