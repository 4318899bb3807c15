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
 * @param byAccept whether the Accept header decides on it, too (produces)
 * @param parsed its pattern
 * @param shape what it matches
 * @param handler the controller method
 * @param compiled its compiled form, or null
 * @param reason why there is none, or an empty text
 */
record Mapped(
        Set<String> methods,
        boolean byAccept,
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
        return new Mapped(
                methods(info), byAccept(info), pattern, shape(pattern), handler, method, "");
    }

    static Mapped left(
            RequestMappingInfo info, PathPattern pattern, HandlerMethod handler, String reason) {
        return new Mapped(
                methods(info), byAccept(info), pattern, shape(pattern), handler, null, reason);
    }

    private static PathShape shape(PathPattern pattern) {
        return PathShape.of(pattern.getPatternString());
    }

    private static boolean byAccept(RequestMappingInfo info) {
        return !info.getProducesCondition().isEmpty();
    }

    Mapped leaving(String because) {
        return new Mapped(methods, byAccept, parsed, shape, handler, null, because);
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
