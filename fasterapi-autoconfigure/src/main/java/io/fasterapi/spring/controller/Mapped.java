package io.fasterapi.spring.controller;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.util.pattern.PathPattern;

/**
 * One pattern of a controller method: what becomes of it. At start-up only.
 *
 * @param methods its HTTP methods; empty for all
 * @param parsed its pattern
 * @param shape what it matches
 * @param handler the controller method
 * @param compiled its compiled form, or null
 * @param reason why there is none, or an empty text
 */
record Mapped(
        Set<String> methods,
        PathPattern parsed,
        PathShape shape,
        HandlerMethod handler,
        @Nullable CompiledMethod compiled,
        String reason) {

    static Mapped compiled(
            RequestMappingInfo info,
            PathPattern pattern,
            HandlerMethod handler,
            CompiledMethod method) {
        return new Mapped(methods(info), pattern, shape(pattern), handler, method, "");
    }

    static Mapped left(
            RequestMappingInfo info, PathPattern pattern, HandlerMethod handler, String reason) {
        return new Mapped(methods(info), pattern, shape(pattern), handler, null, reason);
    }

    private static PathShape shape(PathPattern pattern) {
        return PathShape.of(pattern.getPatternString());
    }

    Mapped leaving(String because) {
        return new Mapped(methods, parsed, shape, handler, null, because);
    }

    /** Returns the pattern as written, with the class's prefix. */
    String pattern() {
        return parsed.getPatternString();
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
