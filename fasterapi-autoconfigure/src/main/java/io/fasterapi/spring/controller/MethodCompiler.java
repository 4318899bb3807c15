package io.fasterapi.spring.controller;

import io.fasterapi.spring.webflux.batch.BatchedMethod;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.condition.MediaTypeExpression;
import org.springframework.web.reactive.result.condition.ProducesRequestCondition;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/** Compiles one controller method, or says why it stays on WebFlux. At start-up only. */
final class MethodCompiler {

    private static final String JSON_VIEW = "com.fasterxml.jackson.annotation.JsonView";

    private final WebFluxParts parts;
    private final BeanFactory beans;
    private final JsonBodies json;
    private final int mostBytes;
    private final boolean filtered;
    private final ShardedMethods sharded;
    private final Map<HandlerMethod, MessageCodecs> codecs = new HashMap<>();
    private final Map<Class<?>, Optional<String>> customisations = new HashMap<>();

    /**
     * Creates the compiler.
     *
     * @param mostBytes the longest body that is read, in bytes
     * @param filtered whether the methods will be called behind the application's filters
     * @param sharded which of them run on the core of a key
     */
    MethodCompiler(
            WebFluxParts parts,
            BeanFactory beans,
            JsonBodies json,
            int mostBytes,
            boolean filtered,
            ShardedMethods sharded) {
        this.parts = parts;
        this.beans = beans;
        this.json = json;
        this.mostBytes = mostBytes;
        this.filtered = filtered;
        this.sharded = sharded;
    }

    CompiledMethod compile(RequestMappingInfo info, HandlerMethod method) throws NotCompilable {
        checkConditions(info);
        checkMethod(method);
        MessageCodecs found = codecs(method);
        Result result = new ResultCompiler(found, json).compile(method);
        checkProduced(info.getProducesCondition(), result);
        if (result.wrapping() != Result.Wrapping.PLAIN && takesResponse(method)) {
            throw new NotCompilable("returns later, and may answer by itself meanwhile");
        }
        Integer status = status(method);
        ArgumentCompiler arguments =
                new ArgumentCompiler(new Conversion(parts.conversion()), bodies(found), filtered);
        List<String> variables = variables(info);
        List<ArgumentReader> readers = new ArrayList<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            readers.add(arguments.compile(parameter, variables));
        }
        Invocation invocation = new Invocation(method.getMethod(), bean(method));
        return new CompiledMethod(
                method,
                List.copyOf(readers),
                invocation,
                result,
                status,
                new LearntTypes(),
                sharded.keyOf(method));
    }

    /** Returns which bodies a compiled method covers. */
    BodyLimits limits(CompiledMethod method) throws NotCompilable {
        return bodies(codecs(method.method())).limits(method.body());
    }

    /** Returns the readers and writers for the bodies of a method. */
    MessageCodecs codecs(HandlerMethod method) throws NotCompilable {
        MessageCodecs known = codecs.get(method);
        if (known == null) {
            known = parts.codecs(method);
            codecs.put(method, known);
        }
        return known;
    }

    private BodyArguments bodies(MessageCodecs found) throws NotCompilable {
        return new BodyArguments(found, json, parts.validator(), mostBytes);
    }

    private static boolean takesResponse(HandlerMethod method) {
        for (MethodParameter parameter : method.getMethodParameters()) {
            Class<?> type = parameter.getParameterType();
            if (type == ServerWebExchange.class || type == ServerHttpResponse.class) {
                return true;
            }
        }
        return false;
    }

    private static void checkConditions(RequestMappingInfo info) throws NotCompilable {
        if (info.getMethodsCondition().getMethods().isEmpty()) {
            throw new NotCompilable("answers every HTTP method");
        }
        if (!info.getParamsCondition().isEmpty()) {
            throw new NotCompilable("has a condition on parameters");
        }
        if (!info.getHeadersCondition().isEmpty()) {
            throw new NotCompilable("has a condition on headers");
        }
        if (!info.getConsumesCondition().isEmpty()) {
            throw new NotCompilable("has a condition on the Content-Type (consumes)");
        }
        if (!info.getVersionCondition().isEmpty() || info.getCustomCondition() != null) {
            throw new NotCompilable("has a condition on the version, or one of its own");
        }
        for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
            if (!PathShape.of(pattern.getPatternString()).isSimple()) {
                throw new NotCompilable(
                        "has a path pattern with a wildcard or a regular expression");
            }
        }
    }

    /**
     * The answer to an Accept header is learnt from WebFlux, and only where WebFlux has mapped a
     * request with that header to the method. So the condition need not be asked again.
     */
    private static void checkProduced(ProducesRequestCondition condition, Result result)
            throws NotCompilable {
        for (MediaTypeExpression each : condition.getExpressions()) {
            if (each.isNegated() || !each.getMediaType().isConcrete()) {
                throw new NotCompilable("has a condition on the Accept header (produces)");
            }
        }
        if (result.kind() == ResultKind.JSON
                && !condition.isEmpty()
                && !condition.getProducibleMediaTypes().contains(MediaType.APPLICATION_JSON)) {
            throw new NotCompilable("produces another type than application/json");
        }
    }

    private void checkMethod(HandlerMethod method) throws NotCompilable {
        Class<?> type = method.getBeanType();
        if (Modifier.isStatic(method.getMethod().getModifiers())) {
            throw new NotCompilable("is static");
        }
        if (KotlinDetector.isKotlinType(type)) {
            throw new NotCompilable("is written in Kotlin");
        }
        if (method.getBean() instanceof String name && !beans.isSingleton(name)) {
            throw new NotCompilable("its bean is no singleton");
        }
        if (method.hasMethodAnnotation(CrossOrigin.class)
                || AnnotatedElementUtils.hasAnnotation(type, CrossOrigin.class)) {
            throw new NotCompilable("has a CORS configuration (@CrossOrigin)");
        }
        if (AnnotatedElementUtils.hasAnnotation(type, SessionAttributes.class)) {
            throw new NotCompilable("keeps session attributes");
        }
        if (method.shouldValidateArguments() || method.shouldValidateReturnValue()) {
            throw new NotCompilable("constrains parameters or the result (method validation)");
        }
        if (usesJsonView(method)) {
            throw new NotCompilable("uses @JsonView");
        }
        Optional<String> custom =
                customisations.computeIfAbsent(
                        BatchedMethod.of(method).getBeanType(),
                        each -> Optional.ofNullable(Customisations.ofType(each)));
        if (custom.isPresent()) {
            throw new NotCompilable(custom.get());
        }
    }

    private static boolean usesJsonView(HandlerMethod method) {
        if (AnnotatedElementUtils.isAnnotated(method.getMethod(), JSON_VIEW)) {
            return true;
        }
        for (MethodParameter parameter : method.getMethodParameters()) {
            for (java.lang.annotation.Annotation each : parameter.getParameterAnnotations()) {
                if (each.annotationType().getName().equals(JSON_VIEW)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable Integer status(HandlerMethod method) throws NotCompilable {
        ResponseStatus annotation = method.getMethodAnnotation(ResponseStatus.class);
        if (annotation == null) {
            annotation =
                    AnnotatedElementUtils.findMergedAnnotation(
                            method.getBeanType(), ResponseStatus.class);
        }
        if (annotation == null) {
            return null;
        }
        if (StringUtils.hasText(annotation.reason())) {
            throw new NotCompilable("gives a reason with its @ResponseStatus");
        }
        int status = annotation.code().value();
        if (status < 200 || status == 204 || status == 205 || status == 304) {
            throw new NotCompilable("has @ResponseStatus " + status);
        }
        return status;
    }

    private static List<String> variables(RequestMappingInfo info) {
        List<String> common = null;
        for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
            List<String> names = new ArrayList<>();
            for (PathShape.Segment segment : PathShape.of(pattern.getPatternString()).segments()) {
                if (segment.kind() == PathShape.Kind.VARIABLE) {
                    names.add(segment.text().substring(1, segment.text().length() - 1));
                }
            }
            if (common == null) {
                common = names;
            } else {
                common.retainAll(names);
            }
        }
        return common == null ? List.of() : common;
    }

    private Supplier<Object> bean(HandlerMethod method) {
        return () -> method.createWithResolvedBean().getBean();
    }
}
